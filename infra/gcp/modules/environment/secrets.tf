# Places for secrets. What is in them is put there by hand (docs/environments.md) and is in no
# state: Terraform makes no version and reads none.

locals {
  slack_secret_names = toset(["slack-token", "slack-signing-secret", "slack-webhook"])

  # Secret => the account that may read it, for what released services ask for.
  service_secrets = toset(flatten([for service in var.environment.services : [for secret in service.secrets : secret.secret]]))
}

resource "google_secret_manager_secret" "slack" {
  for_each = local.slack_secret_names

  project   = local.project
  secret_id = each.value
  labels    = local.labels

  replication {
    user_managed {
      replicas {
        location = local.region
      }
    }
  }

  depends_on = [google_project_service.api]
}

resource "google_secret_manager_secret_iam_member" "slack_read" {
  for_each = merge([for name, function in local.functions : {
    for key in function.secrets : "${name}-${local.slack_secrets[key].secret}" => { account = name, secret = local.slack_secrets[key].secret }
  }]...)

  project   = local.project
  secret_id = google_secret_manager_secret.slack[each.value.secret].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member[each.value.account]
}

resource "google_secret_manager_secret" "service" {
  for_each = local.service_secrets

  project   = local.project
  secret_id = each.value
  labels    = local.labels

  replication {
    user_managed {
      dynamic "replicas" {
        for_each = local.regions
        content {
          location = replicas.value
        }
      }
    }
  }

  depends_on = [google_project_service.api]
}

resource "google_secret_manager_secret_iam_member" "service_read" {
  for_each = local.service_secrets

  project   = local.project
  secret_id = google_secret_manager_secret.service[each.value].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member.runtime
}
