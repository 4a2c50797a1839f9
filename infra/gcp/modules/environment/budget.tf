# Money, where the team names an account to count on: mail at half, nine tenths and all of it, and
# when the month is forecast to pass it. It tells; it stops nothing.

resource "google_billing_budget" "month" {
  count = var.environment.budget == null ? 0 : 1

  billing_account = var.environment.budget.billing_account
  display_name    = "Slipway: ${var.name}"

  budget_filter {
    projects        = ["projects/${var.environment.number}"]
    calendar_period = "MONTH"
  }

  amount {
    specified_amount {
      currency_code = var.environment.budget.currency
      units         = tostring(var.environment.budget.monthly)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]
    content {
      threshold_percent = threshold_rules.value
    }
  }

  threshold_rules {
    threshold_percent = 1
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    monitoring_notification_channels = [google_monitoring_notification_channel.team.id]
    disable_default_iam_recipients   = true
  }

  depends_on = [google_project_service.api]
}
