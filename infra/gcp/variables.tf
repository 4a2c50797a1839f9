variable "functions_zip" {
  description = "The functions, as ./package makes them."
  type        = string
  default     = "build/functions.zip"
}

variable "gcloud" {
  description = "Whether an apply has gcloud do what the provider has no word for; if not, do what the output environments says under by_hand."
  type        = bool
  default     = true
}

variable "quota_project" {
  description = "The project that calls about budgets count on; null when no environment has a budget."
  type        = string
  default     = null
}

variable "settle_seconds" {
  description = "How long to wait for Google's service agents after the APIs are switched on."
  type        = number
  default     = 60
}

variable "teams" {
  description = "The folder with a file for each team."
  type        = string
  default     = "teams"
}
