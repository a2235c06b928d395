"""What both apps serve: contract, model, settings, logging and web page. Imports no framework."""
