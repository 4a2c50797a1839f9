# What an environment holds, decided without Google: the provider is a mock, nothing is made.

mock_provider "google" {}

variables {
  name           = "team-prod"
  team           = { name = "team", contact = "team@example.com" }
  functions_zip  = "tests/functions.zip"
  gcloud         = false
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
    condition     = contains(keys(google_cloudfunctions2_function.function), "notify") && !contains(keys(google_cloudfunctions2_function.function), "slack")
    error_message = "with Slack there is a function that tells it; without the signing secret none that takes clicks"
  }
  assert {
    condition = [for secret in google_cloudfunctions2_function.function["notify"].service_config[0].secret_environment_variables :
    secret.version if secret.key == "SLIPWAY_SLACK_TOKEN"] == ["3"]
    error_message = "the token is read from the secret, in the version that is named"
  }
  assert {
    condition     = length(google_cloudfunctions2_function.function["deploy"].service_config[0].secret_environment_variables) == 0 && google_cloudfunctions2_function.function["deploy"].service_config[0].environment_variables["SLIPWAY_SLACK"] == "true"
    error_message = "who deploys knows that there is a Slack, and nothing of its secrets"
  }
}

run "with_buttons" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      slack = {
        channel = "C0123456789", token_version = "3", signing_version = "2"
        routes  = { people = ["U0ANA"], alerts = [{ severity = "error", channel = "C0ONCALL" }] }
      }
    }
  }

  assert {
    condition     = google_cloudfunctions2_function.function["slack"].service_config[0].min_instance_count == 1
    error_message = "Slack waits three seconds: an instance is kept for it unless the team says otherwise"
  }
  assert {
    condition     = toset([for secret in google_cloudfunctions2_function.function["slack"].service_config[0].secret_environment_variables : "${secret.key} ${secret.version}"]) == toset(["SLIPWAY_SLACK_TOKEN 3", "SLIPWAY_SLACK_SIGNING_SECRET 2"])
    error_message = "it opens dialogs with the token and checks clicks with the secret"
  }
  assert {
    condition     = [for function in google_cloudfunctions2_function.function : function.name if contains([for secret in function.service_config[0].secret_environment_variables : secret.key], "SLIPWAY_SLACK_SIGNING_SECRET")] == ["slipway-slack"]
    error_message = "nobody else has the signing secret"
  }
  assert {
    condition     = jsondecode(google_cloudfunctions2_function.function["notify"].service_config[0].environment_variables["SLIPWAY_SLACK_ROUTES"]).buttons == true
    error_message = "and messages have buttons all the same"
  }
  assert {
    condition     = google_cloud_run_v2_service_iam_member.slack_called[0].member == "allUsers" && [for grant in google_pubsub_topic_iam_member.commands_published : grant.member if startswith(grant.member, "serviceAccount:slipway-slack@")] != []
    error_message = "Slack reaches it, and it may ask for commands"
  }
}

# An organisation may forbid grants to allUsers.
run "nothing_open_to_everyone" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project      = "team-prod"
      number       = "100000000009"
      region       = "europe-west1"
      allow_public = false
      slack        = { channel = "C0123456789", token_version = "3", signing_version = "2", routes = { buttons = true } }
      services     = { api = { invokers = ["group:team@example.com"] } }
    }
  }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.slack_called) == 0 && !contains(keys(google_cloudfunctions2_function.function), "slack")
    error_message = "without a grant to everyone Slack reaches nobody, so there is no function for it"
  }
  assert {
    condition     = jsondecode(google_cloudfunctions2_function.function["notify"].service_config[0].environment_variables["SLIPWAY_SLACK_ROUTES"]).buttons == false
    error_message = "and no message has buttons that do nothing"
  }
  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.called : grant.member] == ["group:team@example.com"]
    error_message = "who is named may call a service all the same"
  }
}

run "a_public_service_where_nothing_may_be_public" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project      = "team-prod"
      number       = "100000000009"
      region       = "europe-west1"
      allow_public = false
      services     = { api = { public = true } }
    }
  }
  expect_failures = [var.environment]
}

run "half_a_slack" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      slack   = { channel = "C0123456789" }
    }
  }
  expect_failures = [var.environment]
}

run "regions_that_begin_elsewhere" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      policy  = { regions = ["europe-west4", "europe-west1"] }
    }
  }
  expect_failures = [var.environment]
}

run "with_a_webhook" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      slack   = { webhook_version = "1" }
    }
  }

  assert {
    condition = [for secret in google_cloudfunctions2_function.function["notify"].service_config[0].secret_environment_variables :
    "${secret.key} ${secret.secret}"] == ["SLIPWAY_SLACK_WEBHOOK slack-webhook"]
    error_message = "the webhook's address is a secret, and the only one"
  }
  assert {
    condition     = !contains(keys(google_cloudfunctions2_function.function["notify"].service_config[0].environment_variables), "SLIPWAY_SLACK_CHANNEL")
    error_message = "a webhook has its channel"
  }
}

run "signed_in_through_a_proxy" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project   = "team-prod"
      number    = "100000000009"
      region    = "europe-west1"
      operators = ["group:team@example.com"]
      console   = { sign_in = "iap", url = "https://slipway.example.com", min_instances = 1 }
    }
  }

  assert {
    condition     = google_cloudfunctions2_function.function["console"].service_config[0].environment_variables["SLIPWAY_IAP_AUDIENCE"] == "/projects/100000000009/locations/europe-west1/services/slipway-console"
    error_message = "the console takes the word of the proxy before itself"
  }
  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.console_called : grant.member] == ["serviceAccount:service-100000000009@gcp-sa-iap.iam.gserviceaccount.com"] && [for grant in google_iap_web_cloud_run_service_iam_member.console_signed_in : grant.member] == ["group:team@example.com"]
    error_message = "people come through the proxy, and nobody past it"
  }
  assert {
    condition     = google_cloudfunctions2_function.function["deploy"].service_config[0].environment_variables["SLIPWAY_CONSOLE_URL"] == "https://slipway.example.com"
    error_message = "links lead to where people reach the page"
  }
}

# What the provider has no word for.
run "by_gcloud" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    gcloud = true
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      console = { sign_in = "iap" }
    }
  }

  assert {
    condition     = length(terraform_data.console_behind_iap) == 1 && length(terraform_data.events_kept) == 1 && length(output.environment.by_hand) == 0
    error_message = "an apply switches the proxy on, and has what is given up kept"
  }
}

run "by_hand" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      console = { sign_in = "iap" }
    }
  }

  assert {
    condition     = length(terraform_data.console_behind_iap) == 0 && join("; ", output.environment.by_hand) == "infra/gcp/sign-in team-prod europe-west1; infra/gcp/dead-letters team-prod europe-west1"
    error_message = "where gcloud is not, people are told what is left to do"
  }
}

run "the_console" {
  command = plan
  module { source = "./modules/environment" }

  assert {
    condition     = google_cloudfunctions2_function.function["console"].service_config[0].timeout_seconds >= 300 && google_cloudfunctions2_function.function["console"].service_config[0].max_instance_request_concurrency == 80
    error_message = "an open page keeps a request open for four minutes, and many are open"
  }
  assert {
    condition     = google_cloudfunctions2_function.function["console"].service_config[0].environment_variables["SLIPWAY_TOKEN_AUDIENCES"] == "https://slipway-console-100000000009.europe-west1.run.app"
    error_message = "tokens made out for the console are taken, and no others"
  }
  assert {
    condition     = [for field in google_firestore_field.override : field.collection if length(field.ttl_config) > 0] == ["opinions", "receipts"]
    error_message = "receipts go when they have expired, and so do answers to questions"
  }
}

# What is live in staging may be brought out in prod.
run "promoted_into" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project      = "team-prod"
      number       = "100000000009"
      region       = "europe-west1"
      promote_from = "staging"
      promoters    = ["group:on-call@example.com"]
    }
    promotion_source = { name = "staging", project = "team-staging", number = "100000000008", region = "europe-west4", database = "slipway", page = "https://staging.example.com" }
  }

  assert {
    condition     = jsondecode(google_cloudfunctions2_function.function["ingest"].service_config[0].environment_variables["SLIPWAY_PROMOTION_SOURCE"]).repository == "europe-west4-docker.pkg.dev/team-staging/images"
    error_message = "the function that takes promotions in knows where they come from"
  }
  assert {
    condition     = [for function in google_cloudfunctions2_function.function : function.name if contains(keys(function.service_config[0].environment_variables), "SLIPWAY_PROMOTION_SOURCE")] == ["slipway-ingest"]
    error_message = "no other need know"
  }
  assert {
    condition     = length(google_storage_bucket_iam_member.uploads_written) == 0 && strcontains(google_storage_bucket_iam_member.promotions_written["group:on-call@example.com"].condition[0].expression, "/objects/promotions/")
    error_message = "who promotes uploads promotions and no archives"
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

run "with_a_private_pool" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project    = "team-prod"
      number     = "100000000009"
      region     = "europe-west1"
      build_pool = "projects/team-prod/locations/europe-west1/workerPools/rust"
    }
  }

  assert {
    condition     = alltrue([for function in google_cloudfunctions2_function.function : function.build_config[0].worker_pool == var.environment.build_pool])
    error_message = "functions are built in the pool"
  }
  assert {
    condition     = google_cloudfunctions2_function.function["ingest"].service_config[0].environment_variables["SLIPWAY_BUILD_POOL"] == var.environment.build_pool
    error_message = "so are releases"
  }
}

run "a_private_pool_elsewhere" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project    = "team-prod"
      number     = "100000000009"
      region     = "europe-west1"
      build_pool = "projects/team-prod/locations/us-central1/workerPools/rust"
    }
  }
  expect_failures = [var.environment]
}

run "in_two_regions" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project  = "team-prod"
      number   = "100000000009"
      region   = "europe-west1"
      policy   = { regions = ["europe-west1", "europe-west4"] }
      services = { api = { public = true, secrets = { KEY = { secret = "api-key", version = "1" } } } }
    }
  }

  assert {
    condition     = [for service in google_cloud_run_v2_service.service : "${service.name} ${service.location}"] == ["api europe-west1", "api europe-west4"]
    error_message = "a service is in each of the policy's regions"
  }
  assert {
    condition     = toset([for grant in google_cloud_run_v2_service_iam_member.called : grant.location]) == toset(["europe-west1", "europe-west4"])
    error_message = "and may be called in each"
  }
  assert {
    condition     = length(google_secret_manager_secret.service["api-key"].replication[0].user_managed[0].replicas) == 2
    error_message = "what it reads is there too"
  }
}

run "a_key_has_one_region" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project  = "team-prod"
      number   = "100000000009"
      region   = "europe-west1"
      kms_key  = "projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k"
      policy   = { regions = ["europe-west1", "europe-west4"] }
      services = { api = {} }
    }
  }
  expect_failures = [google_cloud_run_v2_service.service]
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
