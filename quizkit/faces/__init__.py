"""Three faces of one session: full-screen, plain lines, JSON lines."""
