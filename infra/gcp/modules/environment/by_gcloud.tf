# What the provider has no word for, an apply has gcloud do: anew each time what it is about was made
# or changed, since nobody promises that Google keeps it then. Done twice it changes nothing.

locals {
  scripts = "${path.module}/../.."

  by_hand = concat(
    local.behind_iap ? ["infra/gcp/sign-in ${local.project} ${local.region}"] : [],
    ["infra/gcp/dead-letters ${local.project} ${local.region}"],
  )
}

# The switch for Identity-Aware Proxy is the Cloud Run service's, which belongs to the function; a
# resource of that service's own would fight the function for it.
resource "terraform_data" "console_behind_iap" {
  count = local.behind_iap && var.gcloud ? 1 : 0

  provisioner "local-exec" {
    command = "${local.scripts}/sign-in ${local.project} ${local.region}"
  }

  lifecycle {
    replace_triggered_by = [google_cloudfunctions2_function.function["console"]]
  }

  depends_on = [google_cloud_run_v2_service_iam_member.console_called]
}

# Eventarc makes the subscriptions of its triggers; what they give up would be lost.
resource "terraform_data" "events_kept" {
  count = var.gcloud ? 1 : 0

  provisioner "local-exec" {
    command = "${local.scripts}/dead-letters ${local.project} ${local.region}"
  }

  lifecycle {
    replace_triggered_by = [google_cloudfunctions2_function.function, google_eventarc_trigger.further]
  }

  depends_on = [google_pubsub_subscription.dead_letters, google_pubsub_topic_iam_member.dead_letters_published]
}
