"""Real parts under every fault we can cause, and a count of what was lost or doubled."""
