// Of a page (body) of orders or confirmations (variable kind): what is to be done about them.
import java.time.Instant

def done = camelContext.registry.lookupByName('done')
def data = camelContext.resolvePropertyPlaceholders('{{data}}')
// The newest are left to their messages, which know the correlation id.
def old = Instant.now().minusSeconds(4)
def order = variables.kind == 'order'
body.items.findAll { each ->
    def key = order ? "${each.number} r${each.revision} ${each.status}".toString() : each.number
    def file = "${variables.kind}-${each.number}.json"
    Instant.parse(order ? each.changedAt : each.receivedAt).isBefore(old) &&
        !done.contains(key) &&
        // What waits already, waits; what is among the exceptions is for people.
        !new File("$data/inbox", file).exists() && !new File("$data/exceptions", file).exists()
}.collect { [number: it.number, version: 0] }
