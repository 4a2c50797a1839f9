# Images: SERVICE:RELEASE, and the compiled dependencies of builds under cache/.

resource "google_artifact_registry_repository" "images" {
  project       = local.project
  location      = local.region
  repository_id = "images"
  description   = "Images of releases, and their build cache"
  format        = "DOCKER"
  labels        = local.labels
  kms_key_name  = local.kms_key

  # A policy that keeps wins over one that deletes. Cloud Run serves on without the image it was
  # given, but a rollback to a revision that is gone needs it: so the newest of each service stay,
  # however old.
  cleanup_policies {
    id     = "keep-the-newest"
    action = "KEEP"
    most_recent_versions {
      keep_count = var.environment.retention.images_keep
    }
  }

  cleanup_policies {
    id     = "delete-the-old"
    action = "DELETE"
    condition {
      tag_state  = "ANY"
      older_than = "${var.environment.retention.images_days * 86400}s"
    }
  }

  depends_on = [google_project_service.api, google_kms_crypto_key_iam_member.agent]
}

resource "google_artifact_registry_repository_iam_member" "images_pushed" {
  project    = local.project
  location   = local.region
  repository = google_artifact_registry_repository.images.repository_id
  role       = "roles/artifactregistry.writer"
  member     = local.member.build
}

resource "google_artifact_registry_repository_iam_member" "images_read" {
  for_each = toset(["ingest", "deploy", "console"]) # the console for plans: are the dependencies cached?

  project    = local.project
  location   = local.region
  repository = google_artifact_registry_repository.images.repository_id
  role       = "roles/artifactregistry.reader"
  member     = local.member[each.value]
}

# A promotion copies an image here as it is; without one nothing but a build writes images.
resource "google_artifact_registry_repository_iam_member" "images_copied" {
  count = var.promotion_source == null ? 0 : 1

  project    = local.project
  location   = local.region
  repository = google_artifact_registry_repository.images.repository_id
  role       = "roles/artifactregistry.writer"
  member     = local.member.ingest
}

# The functions' own images.
resource "google_artifact_registry_repository" "functions" {
  project       = local.project
  location      = local.region
  repository_id = "slipway-functions"
  description   = "Images of Slipway's own functions"
  format        = "DOCKER"
  labels        = local.labels
  kms_key_name  = local.kms_key

  cleanup_policies {
    id     = "keep-the-newest"
    action = "KEEP"
    most_recent_versions {
      keep_count = 5
    }
  }

  cleanup_policies {
    id     = "delete-the-old"
    action = "DELETE"
    condition {
      tag_state  = "ANY"
      older_than = "2592000s"
    }
  }

  depends_on = [google_project_service.api, google_kms_crypto_key_iam_member.agent]
}

resource "google_artifact_registry_repository_iam_member" "functions_pushed" {
  project    = local.project
  location   = local.region
  repository = google_artifact_registry_repository.functions.repository_id
  role       = "roles/artifactregistry.writer"
  member     = local.member.packaging
}
