"""What was promised and what came of it: dated checks, findings, consequences, the yearly report."""
