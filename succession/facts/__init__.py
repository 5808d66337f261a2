"""The vocabulary of facts that listings and seeker profiles share: terms, published steps, fields and wishes. Pure."""
