package dev.slipway.cli.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Looks at environments, and changes nothing. */
public final class Doctor {

  private final Rest rest;
  private final Clock clock;

  public Doctor(Clock clock) {
    this(clock, UnaryOperator.identity());
  }

  /**
   * A doctor who asks elsewhere.
   *
   * @param address where what is at an address is asked for
   */
  Doctor(Clock clock, UnaryOperator<URI> address) {
    this.clock = clock;
    rest = new HttpRest(address);
  }

  /**
   * Looks at an environment on Google Cloud, as whoever is signed in on this machine.
   *
   * @param region empty for the one its functions are in
   */
  public List<Check> ofGoogle(String project, Optional<String> region) {
    return ofGoogle(project, region, Caller.ofThisMachine());
  }

  List<Check> ofGoogle(String project, Optional<String> region, Caller caller) {
    Place where = new Place(project, region.orElse(Place.ANYWHERE), "");
    return new GoogleDoctor(rest, caller, clock).examine(where);
  }

  /** Looks at this machine and the laptop cloud with its state in {@code folder}. */
  public List<Check> ofLaptop(Path folder) {
    return new LaptopDoctor(rest, Programs.ofThisMachine()).examine(folder);
  }

  /** Whether something will not work. */
  public static boolean failed(List<Check> checks) {
    return Examination.failed(checks);
  }
}
