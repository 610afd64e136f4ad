"""The engine: words, terms, facts, packs and citations. It knows no area, no pack and no engine."""
