output "environments" {
  description = "Each environment, by TEAM-ENVIRONMENT."
  value       = { for name, environment in module.environment : name => environment.environment }
}
