package dev.slipway.cli.simulate;

/** Where it is written down what happened: counted, and told. */
record Notes(Tally tally, Story story) {}
