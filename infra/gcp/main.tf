# Each file in teams/ is a team; each of its environments is one project, whole. Check them before
# an apply: ./slipway env check infra/gcp/teams/*.yaml

locals {
  teams = { for file in fileset(var.teams, "*.yaml") : trimsuffix(file, ".yaml") => yamldecode(file("${var.teams}/${file}")) }

  environments = merge([for team, document in local.teams : {
    for name, environment in document.environments : "${team}-${name}" => {
      team        = { name = team, contact = document.contact }
      environment = environment
      # The stage before, of the same team only.
      promotion_source = try(merge(
        { name = environment.promote_from, database = "slipway" },
        { for key, value in document.environments[environment.promote_from] : key => value if contains(["project", "number", "region", "database"], key) },
        {
          page = try(
            document.environments[environment.promote_from].console.url,
            "https://slipway-console-${document.environments[environment.promote_from].number}.${document.environments[environment.promote_from].region}.run.app",
          )
        },
      ), null)
    }
  }]...)

  projects = [for environment in local.environments : environment.environment.project]
}

module "environment" {
  source   = "./modules/environment"
  for_each = local.environments

  name             = each.key
  team             = each.value.team
  environment      = each.value.environment
  promotion_source = each.value.promotion_source
  functions_zip    = var.functions_zip
  gcloud           = var.gcloud
  settle_seconds   = var.settle_seconds
}

# What an environment may read of the one before it; only once that is there.
module "promotion" {
  source   = "./modules/promotion"
  for_each = { for name, environment in local.environments : name => environment if environment.promotion_source != null }

  from = each.value.promotion_source
  into = each.value.environment.project

  depends_on = [module.environment]
}

# Topics and databases are a project's: two environments in one would hear each other's builds.
resource "terraform_data" "one_environment_a_project" {
  lifecycle {
    precondition {
      condition     = length(local.projects) == length(distinct(local.projects))
      error_message = "Two environments name the same project: ${join(", ", local.projects)}. Give each one of its own."
    }
    precondition {
      condition     = alltrue([for team, document in local.teams : document.name == team])
      error_message = "A team's file is named after it: teams/NAME.yaml holds name: NAME."
    }
  }
}
