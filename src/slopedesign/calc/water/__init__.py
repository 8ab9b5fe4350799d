"""Water: design storm, runoff, drainage network, channels and structures, ponds, balance, irrigation."""
