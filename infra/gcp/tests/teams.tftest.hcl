# All teams together, and what one apply refuses.

mock_provider "google" {}

variables {
  functions_zip  = "tests/functions.zip"
  gcloud         = false
  settle_seconds = 0
}

run "every_team_is_there" {
  command = plan

  assert {
    condition     = length(module.environment) == sum([for team in fileset("teams", "*.yaml") : length(yamldecode(file("teams/${team}")).environments)])
    error_message = "every environment of every file is made"
  }
  assert {
    condition     = yamldecode(output.command_line).environments["payments-staging"] == { console = "https://slipway-console-100000000002.europe-west1.run.app", audience = "https://slipway-console-100000000002.europe-west1.run.app", bucket = "payments-staging-uploads", project = "payments-staging" }
    error_message = "the command line can be told where each is"
  }
}

run "two_environments_in_one_project" {
  command = plan
  variables {
    teams = "tests/shared"
  }
  expect_failures = [terraform_data.one_environment_a_project]
}

# Made with mocked resources: every reference leads somewhere, and nothing waits for itself.
run "made" {
  command = apply
}

# Nothing is left to do: infra/gcp/check reads in this run's plan that it changes nothing.
run "made_again" {
  command = plan
}

# Other code: functions are built anew, their zip is another object, and nothing else is touched.
run "upgraded" {
  command = plan
  variables {
    functions_zip = "tests/shared/twins.yaml"
  }
}
