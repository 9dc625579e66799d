if vim.g.loaded_buildlint or vim.fn.has('nvim-0.7') == 0 then
  return
end
vim.g.loaded_buildlint = true

local function command(name, run, opts)
  vim.api.nvim_create_user_command(name, function(args)
    require('buildlint.commands')[run](args)
  end, opts)
end

command('BuildlintFixAll', 'fix_all', { bang = true, desc = 'Apply all safe fixes to the buffer; !: to the workspace' })
command('BuildlintDependents', 'dependents', { desc = 'List what depends on the target under the cursor' })
command('BuildlintOwners', 'owners', { desc = 'List the targets that have the file as a source' })
command('BuildlintRulePage', 'rule_page', { desc = 'Open the page of the rule of the finding on the line' })
command('BuildlintReindex', 'reindex', { desc = 'Read the workspace anew' })
command('BuildlintRestart', 'restart', { desc = 'Restart the language server' })
