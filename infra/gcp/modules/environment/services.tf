# The services releases are rolled out to, where the team wants to say how they are. A service that
# is not here is made by its first release, with Cloud Run's defaults, for callers IAM lets in.
#
# From the first release on the pipeline owns the template and the traffic. Each release copies the
# template, changes the image, and brings along what the team's file says by then: the deploying
# function has it as SLIPWAY_SERVICES. Ingress and callers stay with Terraform.

locals {
  # A service in each region, by its name; further ones by name and region.
  served = merge([for region in local.regions : {
    for name, service in var.environment.services :
    region == local.region ? name : "${name} ${region}" => merge(service, { name = name, region = region })
  }]...)
}

resource "google_cloud_run_v2_service" "service" {
  for_each = local.served

  project  = local.project
  location = each.value.region
  name     = each.value.name
  labels   = local.labels
  ingress  = { all = "INGRESS_TRAFFIC_ALL", internal = "INGRESS_TRAFFIC_INTERNAL_ONLY", balanced = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" }[each.value.ingress]

  deletion_protection = var.environment.protect

  template {
    service_account                  = local.email.runtime
    max_instance_request_concurrency = coalesce(each.value.concurrency, 80)
    timeout                          = "${coalesce(each.value.timeout_seconds, 300)}s"
    encryption_key                   = local.kms_key

    scaling {
      min_instance_count = coalesce(each.value.min_instances, 0)
      max_instance_count = coalesce(each.value.max_instances, 10)
    }

    containers {
      # Answers until the first release takes over.
      image = "us-docker.pkg.dev/cloudrun/container/hello"

      resources {
        limits = {
          cpu    = coalesce(each.value.cpu, "1")
          memory = coalesce(each.value.memory, "512Mi")
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

    precondition {
      condition     = local.kms_key == null || each.value.region == local.region
      error_message = "A key encrypts in its own region only: leave out either kms_key or the policy's further regions."
    }
  }

  depends_on = [google_project_service.api, google_secret_manager_secret_iam_member.service_read]
}

resource "google_cloud_run_v2_service_iam_member" "called" {
  for_each = merge([for key, service in local.served : {
    for member in concat(service.invokers, service.public ? ["allUsers"] : []) : "${key} ${member}" => { service = key, member = member }
  }]...)

  project  = local.project
  location = local.served[each.value.service].region
  name     = google_cloud_run_v2_service.service[each.value.service].name
  role     = "roles/run.invoker"
  member   = each.value.member
}
