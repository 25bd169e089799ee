// The types of Stripe's own library, of exactly the API version that is simulated, against requests and answers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

// Path, then the type of the parameters and that of the answer; [X] is a list of X.
const types = {
  'POST customers': ['CustomerCreateParams', 'Customer'], 'GET customers': ['CustomerListParams', '[Customer]'],
  'GET customers/{}': ['CustomerRetrieveParams', 'Customer'], 'POST customers/{}': ['CustomerUpdateParams', 'Customer'],
  'DELETE customers/{}': [, 'DeletedCustomer'],
  'POST customers/{}/tax_ids': ['CustomerCreateTaxIdParams', 'TaxId'], 'GET customers/{}/tax_ids': ['CustomerListTaxIdsParams', '[TaxId]'],
  'DELETE customers/{}/tax_ids/{}': [, 'DeletedTaxId'],
  'GET customers/{}/payment_methods': ['CustomerListPaymentMethodsParams', '[PaymentMethod]'],
  'GET payment_methods': ['PaymentMethodListParams', '[PaymentMethod]'], 'GET payment_methods/{}': ['PaymentMethodRetrieveParams', 'PaymentMethod'],
  'POST payment_methods/{}/attach': ['PaymentMethodAttachParams', 'PaymentMethod'], 'POST payment_methods/{}/detach': ['PaymentMethodDetachParams', 'PaymentMethod'],
  'POST products': ['ProductCreateParams', 'Product'], 'GET products': ['ProductListParams', '[Product]'],
  'GET products/{}': ['ProductRetrieveParams', 'Product'], 'POST products/{}': ['ProductUpdateParams', 'Product'],
  'POST prices': ['PriceCreateParams', 'Price'], 'GET prices': ['PriceListParams', '[Price]'],
  'GET prices/{}': ['PriceRetrieveParams', 'Price'], 'POST prices/{}': ['PriceUpdateParams', 'Price'],
  'POST checkout/sessions': ['Checkout.SessionCreateParams', 'Checkout.Session'], 'GET checkout/sessions': ['Checkout.SessionListParams', '[Checkout.Session]'],
  'GET checkout/sessions/{}': ['Checkout.SessionRetrieveParams', 'Checkout.Session'], 'POST checkout/sessions/{}/expire': ['Checkout.SessionExpireParams', 'Checkout.Session'],
  'GET checkout/sessions/{}/line_items': ['Checkout.SessionListLineItemsParams', '[LineItem]'],
  'POST subscriptions': ['SubscriptionCreateParams', 'Subscription'], 'GET subscriptions': ['SubscriptionListParams', '[Subscription]'],
  'GET subscriptions/{}': ['SubscriptionRetrieveParams', 'Subscription'], 'POST subscriptions/{}': ['SubscriptionUpdateParams', 'Subscription'],
  'DELETE subscriptions/{}': ['SubscriptionCancelParams', 'Subscription'], 'POST subscriptions/{}/resume': ['SubscriptionResumeParams', 'Subscription'],
  'GET subscription_items': ['SubscriptionItemListParams', '[SubscriptionItem]'], 'GET subscription_items/{}': ['SubscriptionItemRetrieveParams', 'SubscriptionItem'],
  'POST subscription_items/{}': ['SubscriptionItemUpdateParams', 'SubscriptionItem'],
  'GET invoices': ['InvoiceListParams', '[Invoice]'], 'GET invoices/{}': ['InvoiceRetrieveParams', 'Invoice'],
  'POST invoices/create_preview': ['InvoiceCreatePreviewParams', 'Invoice'], 'POST invoices/{}/pay': ['InvoicePayParams', 'Invoice'],
  'POST invoices/{}/void': ['InvoiceVoidInvoiceParams', 'Invoice'], 'GET invoices/{}/lines': ['InvoiceListLineItemsParams', '[InvoiceLineItem]'],
  'GET invoiceitems': ['InvoiceItemListParams', '[InvoiceItem]'],
  'POST credit_notes': ['CreditNoteCreateParams', 'CreditNote'], 'GET credit_notes': ['CreditNoteListParams', '[CreditNote]'],
  'GET credit_notes/{}': ['CreditNoteRetrieveParams', 'CreditNote'], 'GET refunds': ['RefundListParams', '[Refund]'],
  'POST billing_portal/sessions': ['BillingPortal.SessionCreateParams', 'BillingPortal.Session'],
  'POST billing_portal/configurations': ['BillingPortal.ConfigurationCreateParams', 'BillingPortal.Configuration'],
  'GET billing_portal/configurations': ['BillingPortal.ConfigurationListParams', '[BillingPortal.Configuration]'],
  'GET billing_portal/configurations/{}': ['BillingPortal.ConfigurationRetrieveParams', 'BillingPortal.Configuration'],
  'POST billing_portal/configurations/{}': ['BillingPortal.ConfigurationUpdateParams', 'BillingPortal.Configuration'],
  'POST webhook_endpoints': ['WebhookEndpointCreateParams', 'WebhookEndpoint'], 'GET webhook_endpoints': ['WebhookEndpointListParams', '[WebhookEndpoint]'],
  'GET webhook_endpoints/{}': ['WebhookEndpointRetrieveParams', 'WebhookEndpoint'], 'POST webhook_endpoints/{}': ['WebhookEndpointUpdateParams', 'WebhookEndpoint'],
  'DELETE webhook_endpoints/{}': [, 'DeletedWebhookEndpoint'],
  'GET events': ['EventListParams', '[Event]'], 'GET events/{}': ['EventRetrieveParams', 'Event'],
  'POST test_helpers/test_clocks': ['TestHelpers.TestClockCreateParams', 'TestHelpers.TestClock'],
  'GET test_helpers/test_clocks': ['TestHelpers.TestClockListParams', '[TestHelpers.TestClock]'],
  'GET test_helpers/test_clocks/{}': ['TestHelpers.TestClockRetrieveParams', 'TestHelpers.TestClock'],
  'POST test_helpers/test_clocks/{}/advance': ['TestHelpers.TestClockAdvanceParams', 'TestHelpers.TestClock'],
};

// What a name stands for decides, not its value: no object is called "sessions".
const patterns = Object.entries(types).map(([key, [parameters, answer]]) => ({ key, parameters, answer,
  pattern: new RegExp('^' + key.replace(/\{\}/g, '[^/ ]+') + '$'), variables: key.split('{}').length }))
  .sort((a, b) => a.variables - b.variables);

// The library wraps decimals in a class of its own; on the wire they are texts. Their type is left out.
const literal = value => JSON.stringify(value).replace(/("\w+_decimal":)"[^"]*"/g, '$1(null as never)');
const typeOf = name => name.startsWith('[') ? `Stripe.ApiList<Stripe.${name.slice(1, -1)}>` : `Stripe.${name}`;

export const checkTypes = (calls, requests) => {
  const faults = [], lines = ["import type { Stripe } from 'stripe';"], sources = [null];
  const add = (line, source) => (lines.push(line), sources.push(source));
  calls.forEach((call, i) => {
    const name = `${call.method} ${call.path.slice('/v1/'.length)}`;
    const type = patterns.find(p => p.pattern.test(name));
    if (!type) return faults.push(`types: nothing says what ${name} answers`);
    if (type.parameters) add(`const q${i}: Stripe.${type.parameters} = ${JSON.stringify(requests[i])};`, `request of ${type.key}`);
    // Lists one element a line, so that a fault names its object.
    if (type.answer.startsWith('[') && call.response.data.length)
      call.response.data.forEach((element, n) => add(`const a${i}_${n}: Stripe.${type.answer.slice(1, -1)} = ${literal(element)};`, `answer of ${type.key}`));
    else add(`const a${i}: ${typeOf(type.answer)} = ${literal(call.response)};`, `answer of ${type.key}`);
  });

  const folder = mkdtempSync(fileURLToPath(new URL('node_modules/.calls-', import.meta.url)));
  try {
    const file = `${folder}/calls.ts`;
    writeFileSync(file, lines.join('\n'));
    const program = ts.createProgram([file], { noEmit: true, strict: true, skipLibCheck: true, types: [],
      module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022 });
    for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' / ').slice(0, 700);
      const line = diagnostic.file?.fileName.endsWith('calls.ts') ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line : 0;
      const at = diagnostic.file ? diagnostic.file.text.slice(diagnostic.start, diagnostic.start + 40) : '';
      faults.push(`types: ${sources[line] ?? ''} at ${at}: ${text}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return faults;
};
