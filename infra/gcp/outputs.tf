output "environments" {
  description = "Each environment, by TEAM-ENVIRONMENT."
  value       = { for name, environment in module.environment : name => environment.environment }
}

output "command_line" {
  description = "environments.yaml of the command line: terraform output -raw command_line"
  value = yamlencode({ environments = { for name, environment in module.environment : name => {
    console  = environment.environment.console
    audience = environment.environment.audience
    bucket   = environment.environment.upload_bucket
    project  = environment.environment.project
  } } })
}
