"""Tables of facts with sources and dates: states, organisations, offices, roles, places, the ontology."""
