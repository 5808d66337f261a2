"""Succession: matching those who give up a farm, a workshop, a shop or land with those who take it on."""
