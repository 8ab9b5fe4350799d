"""The program against its peers, as ratios measured in one run on one machine."""
