output "environment" {
  description = "What a person or a command line needs to work with the environment."
  value = {
    project       = local.project
    region        = local.region
    database      = google_firestore_database.ledger.name
    upload_bucket = google_storage_bucket.uploads.name
    source_bucket = google_storage_bucket.sources.name
    repository    = local.settings.SLIPWAY_REPOSITORY
    commands      = google_pubsub_topic.topic["commands"].id
    dead_letters  = google_pubsub_subscription.dead_letters.id
    console       = local.settings.SLIPWAY_CONSOLE_URL
    audience      = local.console_address
    accounts      = local.email
    functions     = keys(local.functions)
    # Once after the first apply and again when functions changed; nothing where gcloud does it.
    by_hand = var.gcloud ? [] : local.by_hand
    # To put into a VPC Service Controls perimeter.
    restricted_services = local.apis
  }
}
