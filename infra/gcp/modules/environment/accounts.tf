# Who does what. None has keys; none may both submit builds and deploy.

locals {
  accounts = {
    ingest    = "Takes uploads in and submits their builds"
    build     = "Builds run as it: reads the source, pushes the image"
    deploy    = "Rolls releases out"
    notify    = "Tells Slack"
    slack     = "Takes what people click in Slack"
    console   = "Shows releases, asks for commands"
    runtime   = "Released services run as it"
    triggers  = "Delivers events to the functions"
    packaging = "Builds the functions themselves"
  }

  # By name, so that a plan says who gets what; by way of the resource, so that it exists first.
  email  = { for name, account in google_service_account.account : name => "${account.account_id}@${local.project}.iam.gserviceaccount.com" }
  member = { for name, email in local.email : name => "serviceAccount:${email}" }
}

resource "google_service_account" "account" {
  for_each = local.accounts

  project      = local.project
  account_id   = "slipway-${each.key}"
  display_name = "Slipway: ${each.key}"
  description  = each.value

  depends_on = [google_project_service.api]
}

# A build runs as `build` and a revision as `runtime`: whoever starts one must be allowed to use it.
resource "google_service_account_iam_member" "ingest_uses_build" {
  service_account_id = "projects/${local.project}/serviceAccounts/${local.email.build}"
  role               = "roles/iam.serviceAccountUser"
  member             = local.member.ingest
}

resource "google_service_account_iam_member" "deploy_uses_runtime" {
  service_account_id = "projects/${local.project}/serviceAccounts/${local.email.runtime}"
  role               = "roles/iam.serviceAccountUser"
  member             = local.member.deploy
}

# Cloud Build knows no smaller resource than the project.
resource "google_project_iam_member" "ingest_submits_builds" {
  #checkov:skip=CKV_GCP_49: a build runs as the build account, the one that ingest may use
  project = local.project
  role    = "roles/cloudbuild.builds.editor"
  member  = local.member.ingest
}

resource "google_project_iam_member" "deploy_reads_builds" {
  project = local.project
  role    = "roles/cloudbuild.builds.viewer"
  member  = local.member.deploy
}

# The services do not exist yet when this is granted. It does not include setIamPolicy: who may
# call a service stays with Terraform.
resource "google_project_iam_member" "deploy_deploys" {
  project = local.project
  role    = "roles/run.developer"
  member  = local.member.deploy
}

# To smoke a candidate that only IAM lets in.
resource "google_project_iam_member" "deploy_calls_candidates" {
  project = local.project
  role    = "roles/run.invoker"
  member  = local.member.deploy
}

# Ingest looks at the services of releases it moves, and leaves them alone.
resource "google_project_iam_member" "ingest_reads_services" {
  project = local.project
  role    = "roles/run.viewer"
  member  = local.member.ingest
}

resource "google_project_iam_member" "console_reads_services" {
  project = local.project
  role    = "roles/run.viewer"
  member  = local.member.console
}

# The gates compare a candidate's measures and logs with the stable revision's.
resource "google_project_iam_member" "deploy_reads_metrics" {
  project = local.project
  role    = "roles/monitoring.viewer"
  member  = local.member.deploy
}

resource "google_project_iam_member" "deploy_reads_logs" {
  project = local.project
  role    = "roles/logging.viewer"
  member  = local.member.deploy
}

resource "google_project_iam_member" "writes_logs" {
  for_each = toset(["build", "packaging"])

  project = local.project
  role    = "roles/logging.logWriter"
  member  = local.member[each.value]
}
