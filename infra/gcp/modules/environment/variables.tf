variable "name" {
  description = "TEAM-ENVIRONMENT: labels and titles; no resource needs it to be unique."
  type        = string
}

variable "team" {
  description = "The team, and the address its alerts go to."
  type = object({
    name    = string
    contact = string
  })
}

variable "environment" {
  description = "One environment of a team, as teams/*.yaml has it. One Google Cloud project holds one environment."
  type = object({
    project  = string
    number   = string
    region   = string
    database = optional(string, "slipway")
    policy   = optional(any, {})

    uploaders = optional(list(string), [])
    operators = optional(list(string), [])
    viewers   = optional(list(string), [])

    promote_from = optional(string)
    promoters    = optional(list(string), [])

    advisories = optional(string)

    console = optional(object({
      url           = optional(string)
      sign_in       = optional(string, "tokens")
      audiences     = optional(list(string), [])
      min_instances = optional(number, 0)
    }), {})

    slack = optional(object({
      channel         = optional(string)
      token_version   = optional(string)
      webhook_version = optional(string)
      signing_version = optional(string)
      min_instances   = optional(number, 1)
      routes          = optional(any, {})
    }))

    services = optional(map(object({
      public          = optional(bool, false)
      invokers        = optional(list(string), [])
      ingress         = optional(string, "all")
      cpu             = optional(string, "1")
      memory          = optional(string, "512Mi")
      concurrency     = optional(number, 80)
      timeout_seconds = optional(number, 300)
      min_instances   = optional(number, 0)
      max_instances   = optional(number, 10)
      env             = optional(map(string), {})
      secrets = optional(map(object({
        secret  = string
        version = string
      })), {})
    })), {})

    retention = optional(object({
      uploads_days    = optional(number, 30)
      sources_days    = optional(number, 0)
      build_logs_days = optional(number, 90)
      images_keep     = optional(number, 50)
      images_days     = optional(number, 180)
    }), {})

    alerts = optional(object({
      stuck_minutes  = optional(number, 120)
      silent_minutes = optional(number, 15)
    }), {})

    budget = optional(object({
      billing_account = string
      currency        = optional(string, "EUR")
      monthly         = number
    }))

    kms_key = optional(string)

    vpc = optional(object({
      connector = string
      egress    = optional(string, "PRIVATE_RANGES_ONLY")
    }))

    protect = optional(bool, true)
  })
}

variable "promotion_source" {
  description = "What promote_from names: the environment whose live releases may be brought out here; null when there is none."
  type = object({
    name     = string
    project  = string
    number   = string
    region   = string
    database = string
    page     = string
  })
  default = null
}

variable "functions_zip" {
  description = "The functions, as infra/gcp/package makes them: a zip with exactly one jar in it."
  type        = string
}

variable "settle_seconds" {
  description = "How long to wait after the APIs are switched on for Google's service agents to exist everywhere."
  type        = number
  default     = 60
}
