# The services releases are rolled out to, where the team wants to say how they begin. A service that
# is not here is made by its first release, with Cloud Run's defaults, for callers IAM lets in.
#
# From the first release on the pipeline owns the template and the traffic. Each release copies the
# template and changes the image: what is set here once stays set.

resource "google_cloud_run_v2_service" "service" {
  for_each = var.environment.services

  project  = local.project
  location = local.region
  name     = each.key
  labels   = local.labels
  ingress  = { all = "INGRESS_TRAFFIC_ALL", internal = "INGRESS_TRAFFIC_INTERNAL_ONLY", balanced = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" }[each.value.ingress]

  deletion_protection = var.environment.protect

  template {
    service_account                  = local.email.runtime
    max_instance_request_concurrency = each.value.concurrency
    timeout                          = "${each.value.timeout_seconds}s"
    encryption_key                   = local.kms_key

    scaling {
      min_instance_count = each.value.min_instances
      max_instance_count = each.value.max_instances
    }

    containers {
      # Answers until the first release takes over.
      image = "us-docker.pkg.dev/cloudrun/container/hello"

      resources {
        limits = {
          cpu    = each.value.cpu
          memory = each.value.memory
        }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = each.value.env
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = each.value.secrets
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.service[env.value.secret].secret_id
              version = env.value.version
            }
          }
        }
      }
    }
  }

  # An apply that touched these would make a revision nobody released.
  lifecycle {
    ignore_changes = [template, traffic, annotations, client, client_version]
  }

  depends_on = [google_project_service.api, google_secret_manager_secret_iam_member.service_read]
}

resource "google_cloud_run_v2_service_iam_member" "called" {
  for_each = merge([for name, service in var.environment.services : {
    for member in concat(service.invokers, service.public ? ["allUsers"] : []) : "${name} ${member}" => { service = name, member = member }
  }]...)

  project  = local.project
  location = local.region
  name     = google_cloud_run_v2_service.service[each.value.service].name
  role     = "roles/run.invoker"
  member   = each.value.member
}
