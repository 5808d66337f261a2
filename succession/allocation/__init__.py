"""Land given out by published principles: points, rankings, draws and rounds that anybody can recompute. Pure."""
