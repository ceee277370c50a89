"""What every call needs and no document says: hand-written, the same for every API."""
