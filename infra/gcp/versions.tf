terraform {
  required_version = ">= 1.11, < 2.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.45.0"
    }
  }

  # Where the state is kept is said when it is set up: terraform init -backend-config=state.gcs.tfbackend
  backend "gcs" {}
}

provider "google" {
  # Budgets are asked of a billing account: the calls count on the project of whoever asks.
  user_project_override = true
  billing_project       = var.quota_project
}
