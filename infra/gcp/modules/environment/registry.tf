# Images: SERVICE:RELEASE, and the compiled dependencies of builds under cache/.

resource "google_artifact_registry_repository" "images" {
  project       = local.project
  location      = local.region
  repository_id = "images"
  description   = "Images of releases, and their build cache"
  format        = "DOCKER"
  labels        = local.labels
  kms_key_name  = local.kms_key

  # The deploy function deletes releases' images, since it knows what serves and what a rollback may need.
  # These sweep what it cannot know: compiled dependencies, and what has no name any more. A policy
  # that keeps wins over one that deletes.
  cleanup_policies {
    id     = "keep-the-newest"
    action = "KEEP"
    most_recent_versions {
      keep_count = var.environment.retention.images_keep
    }
  }

  # Google's documents do not say whether the slash in a name counts as itself or as it is written in a
  # resource's; no service has either in its name.
  cleanup_policies {
    id     = "delete-old-dependencies"
    action = "DELETE"
    condition {
      tag_state             = "ANY"
      older_than            = "${var.environment.retention.images_days * 86400}s"
      package_name_prefixes = ["cache/", "cache%2F"]
    }
  }

  cleanup_policies {
    id     = "delete-the-nameless"
    action = "DELETE"
    condition {
      tag_state  = "UNTAGGED"
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

# No role of Google's deletes images and does not also push them.
resource "google_project_iam_custom_role" "images_deleted" {
  project     = local.project
  role_id     = "slipwayImageCleaner"
  title       = "Slipway image cleaner"
  description = "Deletes images, and does nothing else with them"
  permissions = [
    "artifactregistry.tags.delete",
    "artifactregistry.versions.delete",
  ]
}

resource "google_artifact_registry_repository_iam_member" "images_deleted" {
  project    = local.project
  location   = local.region
  repository = google_artifact_registry_repository.images.repository_id
  role       = "projects/${local.project}/roles/${google_project_iam_custom_role.images_deleted.role_id}"
  member     = local.member.deploy
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
