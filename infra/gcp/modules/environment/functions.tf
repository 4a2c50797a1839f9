# One jar, five functions. Each trigger is Eventarc's; each event comes again for a day until its
# function answers that it is done.

locals {
  slack = var.environment.slack

  # What dev.slipway.Settings reads. A test holds the two together.
  settings = merge(
    {
      SLIPWAY_PROJECT                 = local.project
      SLIPWAY_REGION                  = local.region
      SLIPWAY_DATABASE                = google_firestore_database.ledger.name
      SLIPWAY_UPLOAD_BUCKET           = google_storage_bucket.uploads.name
      SLIPWAY_SOURCE_BUCKET           = google_storage_bucket.sources.name
      SLIPWAY_REPOSITORY              = "${local.region}-docker.pkg.dev/${local.project}/${google_artifact_registry_repository.images.repository_id}"
      SLIPWAY_RELEASE_TOPIC           = google_pubsub_topic.topic["release-events"].name
      SLIPWAY_BUILD_SERVICE_ACCOUNT   = local.email.build
      SLIPWAY_RUNTIME_SERVICE_ACCOUNT = local.email.runtime
      SLIPWAY_POLICY                  = jsonencode(var.environment.policy)
      SLIPWAY_CONSOLE_URL             = coalesce(var.environment.console.url, local.console_address)
    },
    var.environment.advisories == null ? {} : {
      SLIPWAY_ADVISORIES = "gs://${google_storage_bucket.sources.name}/advisories/${var.environment.advisories}"
    },
  )

  # Google's own address of the console, known before there is one.
  console_address = "https://slipway-console-${var.environment.number}.${local.region}.run.app"
  behind_iap      = var.environment.console.sign_in == "iap"

  # For whom the tokens of those who call the console must be made out.
  sign_in_settings = merge(
    {
      SLIPWAY_TOKEN_AUDIENCES = join(",", distinct(concat([local.console_address, local.settings.SLIPWAY_CONSOLE_URL], var.environment.console.audiences)))
    },
    local.behind_iap ? {
      SLIPWAY_IAP_AUDIENCE = "/projects/${var.environment.number}/locations/${local.region}/services/slipway-console"
    } : {},
  )

  promotion_settings = var.promotion_source == null ? {} : {
    SLIPWAY_PROMOTION_SOURCE = jsonencode({
      name       = var.promotion_source.name
      project    = var.promotion_source.project
      database   = var.promotion_source.database
      repository = "${var.promotion_source.region}-docker.pkg.dev/${var.promotion_source.project}/images"
      page       = var.promotion_source.page
    })
  }

  # A message has buttons where there is a function that takes the clicks.
  buttons = var.environment.allow_public && try(local.slack.signing_version, null) != null
  routes = merge(
    local.buttons ? { buttons = true } : {},
    try(local.slack.routes, {}),
    try(local.slack.signing_version, null) == null || local.buttons ? {} : { buttons = false },
  )

  slack_settings = local.slack == null ? {} : merge(
    local.slack.channel == null ? {} : {
      SLIPWAY_SLACK_CHANNEL = local.slack.channel
    },
    length(local.routes) == 0 ? {} : {
      SLIPWAY_SLACK_ROUTES = jsonencode(local.routes)
    },
  )

  # What each release of a service brings along: what the file says, and nothing it does not.
  service_settings = {
    for name, service in var.environment.services : name => {
      for key, value in service : key => value
      if value != null && !contains(["public", "invokers", "ingress"], key) && !(contains(["env", "secrets"], key) && try(length(value), 1) == 0)
    }
  }

  deploy_settings = merge(
    # Its sweep has Slack told again what it has not heard, and so must know that there is a Slack:
    # that, and none of its secrets.
    local.slack == null ? {} : {
      SLIPWAY_SLACK = "true"
    },
    length(local.service_settings) == 0 ? {} : {
      SLIPWAY_SERVICES = jsonencode(local.service_settings)
    },
  )

  ingest_settings = merge(
    local.promotion_settings,
    var.environment.build_pool == null ? {} : {
      SLIPWAY_BUILD_POOL = var.environment.build_pool
    },
  )

  slack_access = local.slack == null ? null : local.slack.webhook_version == null ? "SLIPWAY_SLACK_TOKEN" : "SLIPWAY_SLACK_WEBHOOK"

  # What is in them is in no state: the place and the version's number are.
  slack_secrets = {
    SLIPWAY_SLACK_TOKEN          = { secret = "slack-token", version = try(local.slack.token_version, null) }
    SLIPWAY_SLACK_WEBHOOK        = { secret = "slack-webhook", version = try(local.slack.webhook_version, null) }
    SLIPWAY_SLACK_SIGNING_SECRET = { secret = "slack-signing-secret", version = try(local.slack.signing_version, null) }
  }

  all_functions = {
    ingest = {
      entry_point = "dev.slipway.BuildFunction"
      description = "Takes uploads in, submits their builds"
      cpu         = "1", memory = "2Gi", concurrency = 4, instances = 10, warm = 0, timeout = 540
      public      = false
      settings    = local.ingest_settings
      secrets     = []
      on = {
        type    = "google.cloud.storage.object.v1.finalized"
        filters = { bucket = google_storage_bucket.uploads.name }
        topic   = null
      }
    }
    deploy = {
      entry_point = "dev.slipway.DeployFunction"
      description = "Moves releases on"
      cpu         = "1", memory = "1Gi", concurrency = 16, instances = 10, warm = 0, timeout = 540
      public      = false
      settings    = local.deploy_settings
      secrets     = []
      on = {
        type    = "google.cloud.pubsub.topic.v1.messagePublished"
        filters = {}
        topic   = google_pubsub_topic.topic["cloud-builds"].id
      }
    }
    notify = {
      entry_point = "dev.slipway.NotifyFunction"
      description = "Keeps one Slack message a release"
      cpu         = "1", memory = "1Gi", concurrency = 8, instances = 3, warm = 0, timeout = 120
      public      = false
      settings    = local.slack_settings
      secrets     = local.slack_access[*]
      on = {
        type    = "google.cloud.pubsub.topic.v1.messagePublished"
        filters = {}
        topic   = google_pubsub_topic.topic["release-events"].id
      }
    }
    console = {
      entry_point = "dev.slipway.ConsoleFunction"
      description = "The page and its JSON"
      # A page that is open keeps a request open, for four minutes; the page ends it itself.
      cpu      = "1", memory = "1Gi", concurrency = 80, instances = 3, warm = var.environment.console.min_instances, timeout = 300
      public   = true
      settings = local.sign_in_settings
      secrets  = []
      on       = null
    }
    slack = {
      entry_point = "dev.slipway.SlackFunction"
      description = "Takes what people click in Slack"
      # Slack waits three seconds, and an instance that starts needs most of them: one is kept.
      cpu      = "1", memory = "1Gi", concurrency = 16, instances = 3, warm = try(local.slack.min_instances, 0), timeout = 30
      public   = true
      settings = local.slack_settings
      secrets  = concat(local.slack_access[*], ["SLIPWAY_SLACK_SIGNING_SECRET"])
      on       = null
    }
  }

  # Without Slack there is nobody to tell, and NotifyFunction would fail on each event; without its
  # secret no click can be trusted.
  functions = {
    for name, function in local.all_functions : name => function
    if !contains(["notify", "slack"], name) || (name == "notify" && local.slack != null) || (name == "slack" && local.buttons)
  }

  # A function has one trigger of its own; what else it hears comes through further ones.
  further_triggers = {
    ticks    = { function = "deploy", topic = "ticks" }
    commands = { function = "deploy", topic = "commands" }
    intake   = { function = "ingest", topic = "ticks" }
  }
}

resource "google_storage_bucket" "functions" {
  #checkov:skip=CKV_GCP_62: who reads is in the audit log, which needs no bucket
  project  = local.project
  name     = "${local.project}-functions"
  location = local.region
  labels   = local.labels

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true

  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      num_newer_versions = 3
      with_state         = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }

  dynamic "encryption" {
    for_each = local.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.api, google_kms_crypto_key_iam_member.agent]
}

# Its name holds its hash: other code is another object, and only then are the functions built anew.
resource "google_storage_bucket_object" "functions" {
  bucket = google_storage_bucket.functions.name
  name   = "functions-${filesha256(var.functions_zip)}.zip"
  source = var.functions_zip

  # The function that is replaced still refers to the old one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "functions_read" {
  bucket = google_storage_bucket.functions.name
  role   = "roles/storage.objectViewer"
  member = local.member.packaging
}

# Cloud Functions copies the zip to a bucket of its own, which it makes when it is first needed.
resource "google_project_iam_member" "packaging_reads_the_copy" {
  project = local.project
  role    = "roles/storage.objectViewer"
  member  = local.member.packaging

  condition {
    title      = "functions-sources"
    expression = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-${var.environment.number}-${local.region}/\")"
  }
}

resource "google_cloudfunctions2_function" "function" {
  #checkov:skip=CKV_GCP_124: the console is for people, whom IAM lets in; the audit holds the others to internal
  for_each = local.functions

  project      = local.project
  location     = local.region
  name         = "slipway-${each.key}"
  description  = each.value.description
  labels       = local.labels
  kms_key_name = local.kms_key

  build_config {
    runtime           = "java21"
    entry_point       = each.value.entry_point
    service_account   = "projects/${local.project}/serviceAccounts/${local.email.packaging}"
    worker_pool       = var.environment.build_pool
    docker_repository = google_artifact_registry_repository.functions.id

    source {
      storage_source {
        bucket = google_storage_bucket.functions.name
        object = google_storage_bucket_object.functions.name
      }
    }
  }

  service_config {
    service_account_email            = local.email[each.key]
    available_cpu                    = each.value.cpu
    available_memory                 = each.value.memory
    max_instance_request_concurrency = each.value.concurrency
    max_instance_count               = each.value.instances
    min_instance_count               = each.value.warm
    timeout_seconds                  = each.value.timeout
    ingress_settings                 = each.value.public ? "ALLOW_ALL" : "ALLOW_INTERNAL_ONLY"
    all_traffic_on_latest_revision   = true
    vpc_connector                    = try(var.environment.vpc.connector, null)
    vpc_connector_egress_settings    = try(var.environment.vpc.egress, null)

    environment_variables = merge(
      local.settings,
      each.value.settings,
      # A function lives too short for the second compiler to pay: it starts a quarter sooner without.
      { JAVA_TOOL_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" },
    )

    dynamic "secret_environment_variables" {
      for_each = { for key in each.value.secrets : key => local.slack_secrets[key] }
      content {
        key        = secret_environment_variables.key
        project_id = local.project
        secret     = google_secret_manager_secret.slack[secret_environment_variables.value.secret].secret_id
        version    = secret_environment_variables.value.version
      }
    }
  }

  dynamic "event_trigger" {
    for_each = each.value.on[*]
    content {
      trigger_region        = local.region
      event_type            = event_trigger.value.type
      pubsub_topic          = event_trigger.value.topic
      retry_policy          = "RETRY_POLICY_RETRY"
      service_account_email = local.email.triggers

      dynamic "event_filters" {
        for_each = event_trigger.value.filters
        content {
          attribute = event_filters.key
          value     = event_filters.value
        }
      }
    }
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.functions_pushed,
    google_firestore_index.composite,
    google_project_iam_member.eventarc_agent,
    google_project_iam_member.packaging_reads_the_copy,
    google_project_iam_member.storage_agent_publishes,
    google_project_iam_member.triggers_receive,
    google_project_iam_member.writes_logs,
    google_secret_manager_secret_iam_member.slack_read,
    google_storage_bucket_iam_member.functions_read,
  ]
}

# Eventarc redelivers of itself what a further trigger's service did not acknowledge.
resource "google_eventarc_trigger" "further" {
  for_each = local.further_triggers

  project         = local.project
  location        = local.region
  name            = "slipway-${each.value.function}-${each.value.topic}"
  labels          = local.labels
  service_account = local.email.triggers

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.pubsub.topic.v1.messagePublished"
  }

  transport {
    pubsub {
      topic = google_pubsub_topic.topic[each.value.topic].id
    }
  }

  destination {
    cloud_run_service {
      service = google_cloudfunctions2_function.function[each.value.function].name
      region  = local.region
    }
  }

  depends_on = [google_project_iam_member.eventarc_agent]
}

resource "google_project_iam_member" "triggers_receive" {
  project = local.project
  role    = "roles/eventarc.eventReceiver"
  member  = local.member.triggers
}

# Under each function is a Cloud Run service of the same name.
resource "google_cloud_run_v2_service_iam_member" "triggers_call" {
  for_each = { for name, function in local.functions : name => function if function.on != null }

  project  = local.project
  location = local.region
  name     = google_cloudfunctions2_function.function[each.key].name
  role     = "roles/run.invoker"
  member   = local.member.triggers
}

locals {
  people = toset(concat(var.environment.viewers, var.environment.operators))
}

# Whom the platform lets in; who that is the console finds out for itself.
resource "google_cloud_run_v2_service_iam_member" "console_called" {
  for_each = local.behind_iap ? toset([local.agents.iap]) : local.people

  project  = local.project
  location = local.region
  name     = google_cloudfunctions2_function.function["console"].name
  role     = "roles/run.invoker"
  member   = each.value

  depends_on = [google_project_service.api, terraform_data.agents_settled]
}

resource "google_iap_web_cloud_run_service_iam_member" "console_signed_in" {
  for_each = local.behind_iap ? local.people : toset([])

  project                = local.project
  location               = local.region
  cloud_run_service_name = google_cloudfunctions2_function.function["console"].name
  role                   = "roles/iap.httpsResourceAccessor"
  member                 = each.value
}

# Slack has no identity of Google's. What it did not sign is answered 401. Where the organisation has
# nothing open to everyone, allow_public: false leaves this out, and the function and buttons with it.
resource "google_cloud_run_v2_service_iam_member" "slack_called" {
  #checkov:skip=CKV_GCP_102: Slack signs what it sends; nothing else is taken
  count = local.buttons ? 1 : 0

  project  = local.project
  location = local.region
  name     = google_cloudfunctions2_function.function["slack"].name
  role     = "roles/run.invoker"
  member   = "allUsers"
}
