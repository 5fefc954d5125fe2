"""Who looks after which page: my pages, claims, handing over."""
