locals {
  charts = [
    {
      title   = "Longest resting release, seconds"
      filter  = local.sweeps_filter
      aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = []
    },
    {
      title   = "Builds' messages a minute"
      filter  = "resource.type = \"pubsub_topic\" AND resource.labels.topic_id = \"cloud-builds\" AND metric.type = \"pubsub.googleapis.com/topic/send_message_operation_count\""
      aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = []
    },
    {
      title   = "Calls of functions, by answer"
      filter  = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = starts_with(\"slipway-\") AND metric.type = \"run.googleapis.com/request_count\""
      aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["resource.label.service_name", "metric.label.response_code_class"]
    },
    {
      title   = "Time of functions, 95th percentile, milliseconds"
      filter  = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = starts_with(\"slipway-\") AND metric.type = \"run.googleapis.com/request_latencies\""
      aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = ["resource.label.service_name"]
    },
    {
      title   = "Events not yet acknowledged, by subscription"
      filter  = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.subscription_id"]
    },
    {
      title   = "Requests to released services, by answer"
      filter  = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name != starts_with(\"slipway-\") AND metric.type = \"run.googleapis.com/request_count\""
      aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["resource.label.service_name", "metric.label.response_code_class"]
    },
    {
      title   = "Ledger: documents read and written a second"
      filter  = "resource.type = \"firestore.googleapis.com/Database\" AND metric.type = monitoring.regex.full_match(\"firestore.googleapis.com/document/(read|write)_ops_count\")"
      aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.op"]
    },
  ]
}

resource "google_monitoring_dashboard" "slipway" {
  project = local.project

  dashboard_json = jsonencode({
    displayName = "Slipway: ${var.name}"
    mosaicLayout = {
      columns = 12
      tiles = [for i, chart in local.charts : {
        xPos = (i % 2) * 6, yPos = floor(i / 2) * 4, width = 6, height = 4
        widget = {
          title = chart.title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = chart.reducer
                    groupByFields      = chart.by
                  }
                }
              }
            }]
          }
        }
      }]
    }
  })

  depends_on = [google_project_service.api]
}
