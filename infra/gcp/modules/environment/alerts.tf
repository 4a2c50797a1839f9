# Four things a person must hear of: a release that does not move, an event given up, a function
# that fails, and a beat that is not heard.

resource "google_monitoring_notification_channel" "team" {
  project      = local.project
  display_name = "${var.name}: ${var.team.contact}"
  type         = "email"
  user_labels  = local.labels

  labels = {
    email_address = var.team.contact
  }

  depends_on = [google_project_service.api]
}

# Each sweep says how long the release that has rested longest has rested (pipeline.Pulse).
resource "google_logging_metric" "oldest" {
  project     = local.project
  name        = "slipway/oldest-seconds"
  description = "Seconds since the longest resting release that is on its way last moved; one value a sweep"
  filter      = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${google_cloudfunctions2_function.function["deploy"].name}\" AND textPayload:\"sweep: oldest_seconds=\""

  value_extractor = "REGEXP_EXTRACT(textPayload, \"oldest_seconds=([0-9]+)\")"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
  }

  bucket_options {
    exponential_buckets {
      num_finite_buckets = 40
      growth_factor      = 1.5
      scale              = 1
    }
  }
}

locals {
  sweeps_filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"logging.googleapis.com/user/${google_logging_metric.oldest.name}\""
}

resource "google_monitoring_alert_policy" "stuck" {
  project               = local.project
  display_name          = "${var.name}: a release does not move"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = [google_monitoring_notification_channel.team.id]
  user_labels           = local.labels

  conditions {
    display_name = "a release has rested for ${var.environment.alerts.stuck_minutes} minutes"
    condition_threshold {
      filter          = local.sweeps_filter
      comparison      = "COMPARISON_GT"
      threshold_value = var.environment.alerts.stuck_minutes * 60
      duration        = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_PERCENTILE_99"
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }

  documentation {
    content = "A release of ${var.name} waits or cannot go on. `slipway status` and `slipway releases` say which and why; docs/operations.md, \"A release that does not move\", what to do."
  }
}

resource "google_monitoring_alert_policy" "silent" {
  project               = local.project
  display_name          = "${var.name}: no sweep"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.team.id]
  user_labels           = local.labels

  conditions {
    display_name = "no sweep for ${var.environment.alerts.silent_minutes} minutes"
    condition_absent {
      filter   = local.sweeps_filter
      duration = "${var.environment.alerts.silent_minutes * 60}s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_COUNT"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "Nothing sweeps in ${var.name}: no canary widens and nothing lost is found. Is the job slipway-tick paused, does slipway-deploy fail? docs/operations.md, \"Day two\"."
  }
}

resource "google_monitoring_alert_policy" "dead_letters" {
  project               = local.project
  display_name          = "${var.name}: an event was given up"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = [google_monitoring_notification_channel.team.id]
  user_labels           = local.labels

  conditions {
    display_name = "dead letters"
    condition_threshold {
      filter          = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.dead_letters.name}\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = "An event of ${var.name} failed until it was given up. docs/operations.md, \"Replay dead letters\"."
  }
}

resource "google_monitoring_alert_policy" "errors" {
  project               = local.project
  display_name          = "${var.name}: a function fails"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = [google_monitoring_notification_channel.team.id]
  user_labels           = local.labels

  conditions {
    display_name = "a function answered 5xx in each of three windows of five minutes"
    condition_threshold {
      filter          = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = monitoring.regex.full_match(\"slipway-(${join("|", keys(local.functions))})\") AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"5xx\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "900s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
    }
  }

  documentation {
    content = "A function of ${var.name} keeps failing. Its log says why: gcloud functions logs read FUNCTION --project ${local.project} --region ${local.region}"
  }
}
