# What an environment holds, decided without Google: the provider is a mock, nothing is made.

mock_provider "google" {}

variables {
  name           = "team-prod"
  team           = { name = "team", contact = "team@example.com" }
  functions_zip  = "tests/functions.zip"
  settle_seconds = 0
  environment = {
    project = "team-prod"
    number  = "100000000009"
    region  = "europe-west1"
  }
}

run "the_smallest_environment" {
  command = plan
  module { source = "./modules/environment" }

  assert {
    condition     = keys(google_cloudfunctions2_function.function) == ["console", "deploy", "ingest"]
    error_message = "without Slack there is no function that would tell it"
  }
  assert {
    condition     = length(google_secret_manager_secret_iam_member.slack_read) == 0
    error_message = "without Slack nobody may read its token"
  }
  assert {
    condition     = length(google_firestore_index.composite) == length(jsondecode(file("../../functions/src/main/resources/firestore.indexes.json")).indexes)
    error_message = "every composite index of the code's list is made"
  }
  assert {
    condition     = length(google_firestore_field.override) == length(jsondecode(file("../../functions/src/main/resources/firestore.indexes.json")).fieldOverrides)
    error_message = "every field of the code's list is treated as it says"
  }
  assert {
    condition     = google_firestore_database.ledger.delete_protection_state == "DELETE_PROTECTION_ENABLED" && google_firestore_database.ledger.deletion_policy == "ABANDON"
    error_message = "a ledger is protected unless the team says otherwise"
  }
  assert {
    condition     = !google_storage_bucket.sources.force_destroy && !google_storage_bucket.uploads.force_destroy
    error_message = "what is in the buckets is protected with it"
  }
  assert {
    condition     = length(google_storage_bucket.sources.retention_policy) == 0
    error_message = "Cloud Build could not write its logs under a retention policy"
  }
  assert {
    condition     = length(google_billing_budget.month) == 0 && length(google_kms_crypto_key_iam_member.agent) == 0
    error_message = "no budget and no key unless asked for"
  }
  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.called) == 0
    error_message = "nobody is let in unless asked for"
  }
  assert {
    condition     = [for name, function in google_cloudfunctions2_function.function : name if try(function.event_trigger[0].retry_policy, "") == "RETRY_POLICY_RETRY"] == ["deploy", "ingest"]
    error_message = "an event that failed comes again"
  }
  assert {
    condition = alltrue([for function in google_cloudfunctions2_function.function :
    !contains(keys(function.service_config[0].environment_variables), "SLIPWAY_SLACK_TOKEN")])
    error_message = "the token is no plain variable"
  }
}

run "with_slack" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      slack   = { channel = "C0123456789", token_version = "3" }
    }
  }

  assert {
    condition     = contains(keys(google_cloudfunctions2_function.function), "notify")
    error_message = "with Slack there is a function that tells it"
  }
  assert {
    condition = alltrue([for name in ["deploy", "notify"] : [for secret in google_cloudfunctions2_function.function[name].service_config[0].secret_environment_variables :
    secret.version if secret.key == "SLIPWAY_SLACK_TOKEN"] == ["3"]])
    error_message = "the token is read from the secret, in the version that is named"
  }
}

run "a_throwaway_environment" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-try"
      number  = "100000000009"
      region  = "europe-west1"
      protect = false
    }
  }

  assert {
    condition     = google_firestore_database.ledger.deletion_policy == "DELETE" && google_storage_bucket.uploads.force_destroy
    error_message = "what is not protected can be destroyed whole"
  }
}

run "with_a_key" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      kms_key = "projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k"
    }
  }

  assert {
    condition     = alltrue([for bucket in [google_storage_bucket.uploads, google_storage_bucket.sources, google_storage_bucket.functions] : bucket.encryption[0].default_kms_key_name == var.environment.kms_key])
    error_message = "buckets are encrypted with the team's key"
  }
  assert {
    condition     = google_firestore_database.ledger.cmek_config[0].kms_key_name == var.environment.kms_key && alltrue([for topic in google_pubsub_topic.topic : topic.kms_key_name == var.environment.kms_key])
    error_message = "so are the ledger and the topics"
  }
}

# A service of the team's is made once; from then on it is the pipeline's.
run "services" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      services = {
        api  = { public = true, memory = "1Gi", secrets = { KEY = { secret = "api-key", version = "1" } } }
        jobs = { invokers = ["group:team@example.com"] }
      }
    }
  }

  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.called : grant.name if grant.member == "allUsers"] == ["api"]
    error_message = "only the service that is public is open to all"
  }
  assert {
    condition     = google_cloud_run_v2_service.service["api"].template[0].containers[0].resources[0].limits["memory"] == "1Gi"
    error_message = "memory is as the team says"
  }
  assert {
    condition     = google_secret_manager_secret_iam_member.service_read["api-key"].member == "serviceAccount:slipway-runtime@team-prod.iam.gserviceaccount.com"
    error_message = "the service may read the secret it asks for"
  }
}
