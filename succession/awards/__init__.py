"""From the deadline to the contract: runs, evidence, preparation, decision, letters, objections and records."""
