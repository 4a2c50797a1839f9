# What everything else rests on: names, the APIs, and Google's own service agents.

locals {
  project = var.environment.project
  region  = var.environment.region
  kms_key = var.environment.kms_key

  # Where services run: the policy's regions, this one first.
  regions = distinct(concat([local.region], try(tolist(var.environment.policy.regions), [])))

  labels = {
    managed-by  = "slipway"
    team        = var.team.name
    environment = var.name
  }

  apis = toset(concat(
    [
      "artifactregistry.googleapis.com",
      "cloudbuild.googleapis.com",
      "cloudfunctions.googleapis.com",
      "cloudscheduler.googleapis.com",
      "eventarc.googleapis.com",
      "firestore.googleapis.com",
      "iam.googleapis.com",
      "logging.googleapis.com",
      "monitoring.googleapis.com",
      "pubsub.googleapis.com",
      "run.googleapis.com",
      "secretmanager.googleapis.com",
      "storage.googleapis.com",
    ],
    var.environment.budget == null ? [] : ["billingbudgets.googleapis.com"],
    local.kms_key == null ? [] : ["cloudkms.googleapis.com"],
    local.behind_iap ? ["iap.googleapis.com"] : [],
  ))

  # Google makes these accounts when an API is first used. Their addresses are fixed, so that none
  # has to be looked up.
  agents = { for agent, host in {
    storage          = "gs-project-accounts"
    pubsub           = "gcp-sa-pubsub"
    eventarc         = "gcp-sa-eventarc"
    run              = "serverless-robot-prod"
    functions        = "gcf-admin-robot"
    artifactregistry = "gcp-sa-artifactregistry"
    firestore        = "gcp-sa-firestore"
    iap              = "gcp-sa-iap"
  } : agent => "serviceAccount:service-${var.environment.number}@${host}.iam.gserviceaccount.com" }
}

resource "google_project_service" "api" {
  for_each = local.apis

  project            = local.project
  service            = each.value
  disable_on_destroy = false
}

# An agent that was made a moment ago is not yet known everywhere: a grant to it, or a trigger that
# rests on it, fails for a minute or so. infra/gcp/prepare has them made; this waits.
resource "terraform_data" "agents_settled" {
  triggers_replace = [local.project]

  provisioner "local-exec" {
    command = "sleep ${var.settle_seconds}"
  }

  depends_on = [google_project_service.api]
}

# Eventarc receives what Cloud Storage publishes, through a topic of its own making.
resource "google_project_iam_member" "storage_agent_publishes" {
  project = local.project
  role    = "roles/pubsub.publisher"
  member  = local.agents.storage

  depends_on = [terraform_data.agents_settled]
}

# Its automatic grant is known to arrive late; without it no trigger can be made.
resource "google_project_iam_member" "eventarc_agent" {
  #checkov:skip=CKV_GCP_49: the role Google gives its own agent, late
  project = local.project
  role    = "roles/eventarc.serviceAgent"
  member  = local.agents.eventarc

  depends_on = [terraform_data.agents_settled]
}

# The team's own key, where it has one: each agent that keeps data encrypts with it.
resource "google_kms_crypto_key_iam_member" "agent" {
  for_each = local.kms_key == null ? {} : { for name, agent in local.agents : name => agent if name != "iap" }

  crypto_key_id = local.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value

  depends_on = [terraform_data.agents_settled]
}
