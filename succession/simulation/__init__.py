"""What-if: two or more principle sets side by side on the same applicants, logged."""
