package dev.slipway.cli.environment;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.util.Optional;

/**
 * How an environment is reached.
 *
 * @param console the console's address, with a slash at its end
 * @param bucket where crates are uploaded to
 * @param project its project
 * @param audience whom identity tokens are made out for
 * @param storageHost Cloud Storage's address, where that is not Google's
 */
public record Description(
    String name,
    String console,
    String bucket,
    String project,
    String audience,
    IdentitySource identity,
    Optional<String> storageHost) {

  boolean isLaptop() {
    return name.equals(Environment.LAPTOP);
  }

  Identity identities() {
    return isLaptop() ? Identity.NONE : new GoogleIdentity(audience, identity, new Gcloud());
  }

  Storage storage() {
    StorageOptions.Builder options = StorageOptions.newBuilder().setProjectId(project);
    storageHost.ifPresent(
        host -> options.setHost(host).setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }
}
