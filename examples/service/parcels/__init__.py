"""A small service on Attune: orders come in, workers pack them, a person is asked when a parcel is heavy."""
