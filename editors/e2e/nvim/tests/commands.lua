local t = require('harness')

local order = 'src/main/python/org/shop/order/BUILD'

local function open_order()
  t.open(order)
  t.eventually('findings', function() return #t.findings() == 3 end)
end

return {
  'an option that does not exist is an error', function()
    local ok, err = pcall(t.setup, { fix_on_safe = true })
    t.equal('it failed', false, ok)
    t.equal('message', 'buildlint: there is no option "fix_on_safe"; :help buildlint-options lists them', err)
  end,

  'BuildlintFixAll fixes the buffer', function()
    t.setup()
    open_order()
    vim.cmd('BuildlintFixAll')
    t.wait_for_findings({ "9: private-dependency: 'src/main/python/org/shop/cart:_cart'" })
    t.equal('it is not written', true, vim.bo.modified)
    vim.cmd('undo')
    t.eventually('one undo takes it back', function() return #t.findings() == 3 end)
  end,

  'BuildlintFixAll! fixes the workspace', function()
    vim.cmd('BuildlintFixAll!')
    t.eventually('it is done', function() return t.messages():find('mended %d+ finding%(s%) in %d+ file%(s%)') end)
    vim.cmd('wall')
    t.equal('menu', nil, t.read('src/main/python/org/shop/menu/BUILD'):find('price:price', 1, true))
    t.equal('order', nil, t.read(order):find('menu:menu', 1, true))
  end,

  'BuildlintDependents lists them', function()
    t.open('src/main/python/org/shop/price/BUILD')
    t.at("name = 'price'", 9)
    vim.cmd('BuildlintDependents')
    t.becomes('places', {
      'src/main/python/org/shop/cart/BUILD:9',
      'src/main/python/org/shop/menu/BUILD:7',
      'src/main/python/org/shop/order/BUILD:11',
    }, t.quickfix)
    vim.cmd('cclose')
  end,

  'BuildlintOwners lists those of a source', function()
    vim.cmd('edit src/test/python/org/shop/fakes/fakes.py')
    vim.cmd('BuildlintOwners')
    t.becomes('places', { 'src/test/python/org/shop/fakes/BUILD:3' }, t.quickfix)
    vim.cmd('cclose')
  end,

  'a code lens lists the dependents', function()
    t.open('src/main/python/org/shop/price/BUILD')
    vim.fn.setqflist({})
    local lens = t.ask('textDocument/codeLens', { position = nil })[1]
    local client = t.client()
    local bufnr = vim.api.nvim_get_current_buf()
    local response = require('buildlint.compat').call(client, 'request_sync', 'codeLens/resolve', lens, 5000, bufnr)
    t.equal('title', '3 dependents', response.result.command.title)
    vim.lsp.commands[response.result.command.command](response.result.command, { client_id = client.id })
    t.eventually('places', function() return #t.quickfix() == 3 end)
    vim.cmd('cclose')
  end,

  'BuildlintRulePage opens the page', function()
    local opened
    require('buildlint.compat').open = function(url)
      opened = url
      return true
    end
    t.open(order)
    t.wait_for_findings({ "9: private-dependency: 'src/main/python/org/shop/cart:_cart'" })
    t.at("cart:_cart")
    vim.cmd('BuildlintRulePage')
    t.equal('page', true, vim.endswith(opened or '', '/private-dependency.md'))
  end,

  'BuildlintReindex finds what was found', function()
    vim.cmd('BuildlintReindex')
    t.wait_for_findings({ "9: private-dependency: 'src/main/python/org/shop/cart:_cart'" })
  end,

  'BuildlintRestart starts another server', function()
    local before = t.client().id
    vim.cmd('BuildlintRestart')
    t.eventually('another client', function()
      return t.client() and t.client().id ~= before
    end)
    t.wait_for_findings({ "9: private-dependency: 'src/main/python/org/shop/cart:_cart'" })
  end,

  'checkhealth is content', function()
    vim.cmd('checkhealth buildlint')
    local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    t.equal('it runs, in ' .. report, true, report:find('it runs for ' .. vim.loop.cwd(), 1, true) ~= nil)
    t.equal('no error in ' .. report, nil, report:find('ERROR', 1, true))
  end,

  'the help file is in order', function()
    local dir = vim.fn.tempname()
    vim.fn.mkdir(dir)
    local source = vim.api.nvim_get_runtime_file('doc/buildlint.txt', false)[1]
    vim.fn.writefile(vim.fn.readfile(source), dir .. '/buildlint.txt')
    vim.cmd('helptags ' .. dir)
    local tags = t.read(dir .. '/tags')
    for _, name in ipairs({ 'buildlint.txt', 'buildlint-options', ':BuildlintFixAll', ':BuildlintRestart' }) do
      t.equal('tag ' .. name, true, tags:find(name .. '\t', 1, true) ~= nil)
    end
    for tag in table.concat(vim.fn.readfile(source), '\n'):gmatch('|([^|%s]+)|') do
      local known = tags:find(tag .. '\t', 1, true) or #vim.fn.getcompletion(tag, 'help') > 0
      t.equal('the reference ' .. tag, true, known and true)
    end
  end,
}
