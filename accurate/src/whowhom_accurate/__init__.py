"""Files of the accurate model. Nothing to import: whowhom finds them by the entry point `whowhom.models`."""
