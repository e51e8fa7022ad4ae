"""Look at what was coded: one page to mail (`report`), a local web application (`web`), the reasons (`explain`)."""
