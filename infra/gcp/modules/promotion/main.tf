# What an environment needs of the one before it to bring out what is live there: to read the ledger, the
# image and the archive. It writes nothing there, and nobody there may write here. The function that
# takes promotions in reads; no person need be able to.

locals {
  ingest = "serviceAccount:slipway-ingest@${var.into}.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "reads_the_ledger" {
  project = var.from.project
  role    = "roles/datastore.viewer"
  member  = local.ingest

  condition {
    title      = "the-ledger"
    expression = "resource.name == \"projects/${var.from.project}/databases/${var.from.database}\""
  }
}

resource "google_artifact_registry_repository_iam_member" "reads_images" {
  project    = var.from.project
  location   = var.from.region
  repository = "images"
  role       = "roles/artifactregistry.reader"
  member     = local.ingest
}

resource "google_storage_bucket_iam_member" "reads_archives" {
  bucket = "${var.from.project}-sources"
  role   = "roles/storage.objectViewer"
  member = local.ingest

  condition {
    title      = "promotion-reads-archives"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.from.project}-sources/objects/sources/\")"
  }
}
