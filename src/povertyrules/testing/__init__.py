"""The testing kit: case files with the document's arithmetic beside each answer, and the nudge that tests the tests."""
