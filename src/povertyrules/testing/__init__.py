"""The testing kit, for packs of one's own and for the library's.

`cases`: case files with the document's arithmetic beside each answer; `nudge`: which figure no case notices; `strategies` and
`thresholds`: facts and households drawn so that edges are hit; `invariants`: what must hold of any policy; `snapshot`: what a
change of rules changes; `synthetic`: a county that nobody lives in.
"""
