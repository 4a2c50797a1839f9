# Where the team uploads, and where Slipway keeps canonical archives, build logs and bills of
# materials.

resource "google_storage_bucket" "uploads" {
  #checkov:skip=CKV_GCP_62: who reads is in the audit log, which needs no bucket
  project  = local.project
  name     = "${local.project}-uploads"
  location = local.region
  labels   = local.labels

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.environment.protect

  # A release is pinned to a generation: a newer upload of the same name must not take it away.
  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      age = var.environment.retention.uploads_days
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = var.environment.retention.uploads_days
      with_state                 = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      age = 7
    }
    action {
      type = "AbortIncompleteMultipartUpload"
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

resource "google_storage_bucket_iam_member" "uploads_written" {
  for_each = toset(var.environment.uploaders)

  bucket = google_storage_bucket.uploads.name
  role   = "roles/storage.objectCreator"
  member = each.value
}

# A promotion is an upload too, of a few words: who may promote may not therefore upload archives.
resource "google_storage_bucket_iam_member" "promotions_written" {
  for_each = toset(var.environment.promoters)

  bucket = google_storage_bucket.uploads.name
  role   = "roles/storage.objectCreator"
  member = each.value

  condition {
    title      = "promotions"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.uploads.name}/objects/promotions/\")"
  }
}

resource "google_storage_bucket_iam_member" "uploads_read" {
  bucket = google_storage_bucket.uploads.name
  role   = "roles/storage.objectViewer"
  member = local.member.ingest
}

# No retention policy: Cloud Build writes a log many times over, which a policy would refuse. What
# is deleted by mistake can be had back for a week.
resource "google_storage_bucket" "sources" {
  #checkov:skip=CKV_GCP_78: archives are named by their content and never change; logs are written many times over
  #checkov:skip=CKV_GCP_62: who reads is in the audit log, which needs no bucket
  project  = local.project
  name     = "${local.project}-sources"
  location = local.region
  labels   = local.labels

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.environment.protect

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  lifecycle_rule {
    condition {
      age            = var.environment.retention.build_logs_days
      matches_prefix = ["build-logs/"]
    }
    action {
      type = "Delete"
    }
  }

  dynamic "lifecycle_rule" {
    for_each = var.environment.retention.sources_days > 0 ? [var.environment.retention.sources_days] : []
    content {
      condition {
        age            = lifecycle_rule.value
        matches_prefix = ["sources/"]
      }
      action {
        type = "Delete"
      }
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

locals {
  # Who may do what below which folder of the source bucket.
  source_grants = merge({
    "ingest-reads"            = { account = "ingest", role = "roles/storage.objectViewer", folders = ["sources/", "build-logs/"] }
    "ingest-keeps-archives"   = { account = "ingest", role = "roles/storage.objectCreator", folders = ["sources/"] }
    "build-reads-archives"    = { account = "build", role = "roles/storage.objectViewer", folders = ["sources/"] }
    "build-writes-logs"       = { account = "build", role = "roles/storage.objectUser", folders = ["build-logs/"] }
    "deploy-reads"            = { account = "deploy", role = "roles/storage.objectViewer", folders = ["sources/", "build-logs/", "sboms/", "advisories/"] }
    "deploy-writes-materials" = { account = "deploy", role = "roles/storage.objectCreator", folders = ["sboms/"] }
    "console-reads-logs"      = { account = "console", role = "roles/storage.objectViewer", folders = ["build-logs/", "sboms/"] }
    }, var.promotion_source == null ? {} : {
    # Who copies an image looks into it.
    "promotion-looks-into-it"    = { account = "ingest", role = "roles/storage.objectViewer", folders = ["sboms/", "advisories/"] }
    "promotion-writes-materials" = { account = "ingest", role = "roles/storage.objectCreator", folders = ["sboms/"] }
  })
}

resource "google_storage_bucket_iam_member" "sources" {
  for_each = local.source_grants

  bucket = google_storage_bucket.sources.name
  role   = each.value.role
  member = local.member[each.value.account]

  condition {
    title = each.key
    expression = join(" || ", [for folder in each.value.folders :
    "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.sources.name}/objects/${folder}\")"])
  }
}

# Names, without what is in them. Cloud Build asks for the bucket itself before it writes a log there.
# The others look whether something is there already: who may not list is told 403 of what is not
# there, and never 404.
resource "google_storage_bucket_iam_member" "sources_listed" {
  for_each = toset(["build", "ingest", "deploy", "console"])

  bucket = google_storage_bucket.sources.name
  role   = "roles/storage.legacyBucketReader"
  member = local.member[each.value]
}
