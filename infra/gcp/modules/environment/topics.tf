# What is said, and to whom. The names are those of the code: DeployFunction tells its three topics
# apart by them, and Cloud Build publishes to `cloud-builds` and nowhere else.

locals {
  topics = toset(["cloud-builds", "ticks", "commands", "release-events", "dead-letters"])
}

resource "google_pubsub_topic" "topic" {
  for_each = local.topics

  project      = local.project
  name         = each.value
  labels       = local.labels
  kms_key_name = local.kms_key

  message_storage_policy {
    allowed_persistence_regions = [local.region]
  }

  depends_on = [google_project_service.api, google_kms_crypto_key_iam_member.agent]
}

resource "google_pubsub_topic_iam_member" "release_events_published" {
  for_each = toset(["ingest", "deploy"])

  project = local.project
  topic   = google_pubsub_topic.topic["release-events"].name
  role    = "roles/pubsub.publisher"
  member  = local.member[each.value]
}

# Whoever may publish here may command.
resource "google_pubsub_topic_iam_member" "commands_published" {
  for_each = toset(concat([local.member.console], local.buttons ? [local.member.slack] : [], var.environment.operators))

  project = local.project
  topic   = google_pubsub_topic.topic["commands"].name
  role    = "roles/pubsub.publisher"
  member  = each.value
}

resource "google_pubsub_topic_iam_member" "dead_letters_published" {
  project = local.project
  topic   = google_pubsub_topic.topic["dead-letters"].name
  role    = "roles/pubsub.publisher"
  member  = local.agents.pubsub

  depends_on = [terraform_data.agents_settled]
}

# Events given up are kept for a person to look at, the longest Pub/Sub keeps anything.
resource "google_pubsub_subscription" "dead_letters" {
  project = local.project
  name    = "dead-letters"
  topic   = google_pubsub_topic.topic["dead-letters"].id
  labels  = local.labels

  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription_iam_member" "dead_letters_read" {
  for_each = toset(var.environment.operators)

  project      = local.project
  subscription = google_pubsub_subscription.dead_letters.name
  role         = "roles/pubsub.subscriber"
  member       = each.value
}

# The beat: each minute all that is on its way is looked at again. Cloud Scheduler publishes as its
# own agent.
resource "google_cloud_scheduler_job" "tick" {
  project     = local.project
  region      = local.region
  name        = "slipway-tick"
  description = "Slipway's beat"
  schedule    = "* * * * *"
  time_zone   = "Etc/UTC"

  pubsub_target {
    topic_name = google_pubsub_topic.topic["ticks"].id
    data       = base64encode("{}")
  }

  # Pausing the job is how a person stops Slipway: an apply must not start it again.
  lifecycle {
    ignore_changes = [paused]
  }
}
