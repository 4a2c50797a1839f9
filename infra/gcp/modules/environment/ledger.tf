# The ledger: one named database. Which indexes its queries need stands in one list, beside the code
# that asks; the laptop cloud refuses what is not on it.

locals {
  ledger_indexes = jsondecode(file("${path.module}/../../../../functions/src/main/resources/firestore.indexes.json"))

  composite_indexes = {
    for index in local.ledger_indexes.indexes :
    join("-", concat([index.collectionGroup], [for field in index.fields : "${field.fieldPath}.${try(lower(field.order), "contains")}"])) => index
  }

  field_overrides = {
    for field in local.ledger_indexes.fieldOverrides : "${field.collectionGroup}-${field.fieldPath}" => field
  }

  # Access is to this database and to no other of the project.
  ledger_condition = "resource.name == \"projects/${local.project}/databases/${google_firestore_database.ledger.name}\""
}

resource "google_firestore_database" "ledger" {
  project     = local.project
  name        = var.environment.database
  location_id = local.region
  type        = "FIRESTORE_NATIVE"

  concurrency_mode                  = "OPTIMISTIC"
  app_engine_integration_mode       = "DISABLED"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = var.environment.protect ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED"
  deletion_policy                   = var.environment.protect ? "ABANDON" : "DELETE"

  dynamic "cmek_config" {
    for_each = local.kms_key[*]
    content {
      kms_key_name = cmek_config.value
    }
  }

  depends_on = [google_project_service.api, google_kms_crypto_key_iam_member.agent]
}

resource "google_firestore_index" "composite" {
  for_each = local.composite_indexes

  project     = local.project
  database    = google_firestore_database.ledger.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.fieldPath
      order        = try(fields.value.order, null)
      array_config = try(fields.value.arrayConfig, null)
    }
  }
}

resource "google_firestore_field" "override" {
  for_each = local.field_overrides

  project    = local.project
  database   = google_firestore_database.ledger.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  dynamic "index_config" {
    for_each = can(each.value.indexes) ? [each.value.indexes] : []
    content {
      dynamic "indexes" {
        for_each = index_config.value
        content {
          query_scope  = indexes.value.queryScope
          order        = try(indexes.value.order, null)
          array_config = try(indexes.value.arrayConfig, null)
        }
      }
    }
  }

  dynamic "ttl_config" {
    for_each = try(each.value.ttl, false) ? [true] : []
    content {}
  }
}

resource "google_firestore_backup_schedule" "daily" {
  project  = local.project
  database = google_firestore_database.ledger.name

  retention = "1209600s"

  daily_recurrence {}
}

resource "google_project_iam_member" "ledger_written" {
  for_each = toset(concat(["ingest", "deploy", "notify"], local.buttons ? ["slack"] : []))

  project = local.project
  role    = "roles/datastore.user"
  member  = local.member[each.value]

  condition {
    title      = "the-ledger"
    expression = local.ledger_condition
  }
}

resource "google_project_iam_member" "ledger_read" {
  project = local.project
  role    = "roles/datastore.viewer"
  member  = local.member.console

  condition {
    title      = "the-ledger"
    expression = local.ledger_condition
  }
}
