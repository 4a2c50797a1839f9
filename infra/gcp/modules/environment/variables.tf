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
      public   = optional(bool, false)
      invokers = optional(list(string), [])
      ingress  = optional(string, "all")
      # What is left out is Cloud Run's own, or as services.tf begins it.
      cpu             = optional(string)
      memory          = optional(string)
      concurrency     = optional(number)
      timeout_seconds = optional(number)
      min_instances   = optional(number)
      max_instances   = optional(number)
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

    build_pool = optional(string)

    allow_public = optional(bool, true)

    protect = optional(bool, true)
  })

  validation {
    condition     = can(regex("^[0-9]{6,15}$", var.environment.number))
    error_message = "The number is the project's number, digits only: gcloud projects describe PROJECT --format='value(projectNumber)'."
  }

  validation {
    condition     = try(var.environment.policy.regions[0], var.environment.region) == var.environment.region
    error_message = "The policy's regions begin with the environment's own."
  }

  validation {
    condition     = var.environment.slack == null || try((var.environment.slack.webhook_version != null) != (var.environment.slack.channel != null && var.environment.slack.token_version != null), false)
    error_message = "Slack is reached by a bot (channel and token_version) or through a webhook (webhook_version): one of the two, whole."
  }

  validation {
    condition     = contains(["tokens", "iap"], var.environment.console.sign_in)
    error_message = "sign_in is tokens or iap."
  }

  validation {
    condition     = alltrue([for service in var.environment.services : contains(["all", "internal", "balanced"], service.ingress)])
    error_message = "A service's ingress is all, internal or balanced."
  }

  validation {
    condition     = alltrue([for name, service in var.environment.services : length(name) < 50 && !startswith(name, "slipway-")])
    error_message = "A service's name has fewer than 50 characters and does not begin with slipway-, as the functions' do."
  }

  validation {
    condition     = var.environment.build_pool == null || can(regex("^projects/[^/]+/locations/${var.environment.region}/workerPools/[^/]+$", var.environment.build_pool))
    error_message = "A private pool is named projects/P/locations/L/workerPools/W, and is in the environment's region."
  }

  validation {
    condition     = var.environment.allow_public || alltrue([for service in var.environment.services : !service.public])
    error_message = "allow_public: false opens nothing to everyone, so no service may be public."
  }

  validation {
    condition     = (var.environment.promote_from == null) == (length(var.environment.promoters) == 0)
    error_message = "promote_from and promoters go together: set both or none."
  }
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

variable "gcloud" {
  description = "Whether an apply has gcloud do what the provider has no word for, on the machine it runs on; if not, do what the output by_hand says."
  type        = bool
  default     = true
}

variable "settle_seconds" {
  description = "How long to wait after the APIs are switched on for Google's service agents to exist everywhere."
  type        = number
  default     = 60
}
