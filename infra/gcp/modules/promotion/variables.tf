variable "from" {
  description = "The environment that is read."
  type = object({
    project  = string
    region   = string
    database = string
  })
}

variable "into" {
  description = "The project of the environment that reads."
  type        = string
}
