# Who owns what: the pipeline a service's template, which an apply must not touch, and Terraform the rest.

mock_provider "google" {}

variables {
  name           = "team-prod"
  team           = { name = "team", contact = "team@example.com" }
  functions_zip  = "tests/functions.zip"
  gcloud         = false
  settle_seconds = 0
}

run "begun" {
  command = apply
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      services = {
        api = { memory = "1Gi", env = { RUST_LOG = "info" } }
      }
    }
  }
}

run "changed" {
  command = plan
  module { source = "./modules/environment" }
  variables {
    environment = {
      project = "team-prod"
      number  = "100000000009"
      region  = "europe-west1"
      services = {
        api = { memory = "2Gi", ingress = "internal", env = { RUST_LOG = "debug" }, secrets = { KEY = { secret = "api-key", version = "1" } } }
      }
    }
  }

  assert {
    condition     = google_cloud_run_v2_service.service["api"].template[0].containers[0].resources[0].limits["memory"] == "1Gi" && [for env in google_cloud_run_v2_service.service["api"].template[0].containers[0].env : env.value] == ["info"]
    error_message = "an apply would make a revision nobody released"
  }
  assert {
    condition     = google_cloud_run_v2_service.service["api"].ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"
    error_message = "where calls may come from is Terraform's"
  }
  assert {
    condition     = jsondecode(google_cloudfunctions2_function.function["deploy"].service_config[0].environment_variables["SLIPWAY_SERVICES"]) == { api = { memory = "2Gi", env = { RUST_LOG = "debug" }, secrets = { KEY = { secret = "api-key", version = "1" } } } }
    error_message = "who deploys is told what the file says, and nothing else: the next release brings it along"
  }
}
