// Drives a Toxiproxy at the URL given, with Toxiproxy's own Go client, and says what it found. The same
// program runs against the embedded server and the real one.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2/client"
)

var failed = false

func check(what string, ok bool, found ...any) {
	if ok {
		fmt.Println("ok", what)
		return
	}
	failed = true
	fmt.Println("NOT ok", what, fmt.Sprint(found...))
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("NOT ok", err)
		os.Exit(1)
	}
	return value
}

// An upstream that sends back what it gets.
func echo() string {
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				io.Copy(connection, connection)
				connection.Close()
			}()
		}
	}()
	return listener.Addr().String()
}

// Sends a message and says what came back, how long it took and how it ended.
func exchange(address string, message []byte, patience time.Duration) ([]byte, time.Duration, error) {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return nil, 0, err
	}
	defer connection.Close()
	begin := time.Now()
	connection.Write(message)
	connection.SetReadDeadline(begin.Add(patience))
	answer := make([]byte, len(message))
	read, err := io.ReadFull(connection, answer)
	return answer[:read], time.Since(begin), err
}

func status(err error, wanted int) bool {
	var apiError *toxiproxy.ApiError
	return errors.As(err, &apiError) && apiError.Status == wanted
}

func main() {
	client := toxiproxy.NewClient(os.Args[1])
	upstream := echo()
	message := []byte(strings.Repeat("seatrial ", 1000))

	version := must(client.Version())
	check("version", strings.Contains(string(version), "version"), string(version))

	proxy := must(client.CreateProxy("go", "127.0.0.1:0", upstream))
	check("listen is resolved", !strings.HasSuffix(proxy.Listen, ":0"), proxy.Listen)
	_, err := client.CreateProxy("go", "127.0.0.1:0", upstream)
	check("a second of the name is a conflict", status(err, 409), err)
	_, err = client.CreateProxy("", "127.0.0.1:0", upstream)
	check("a name is needed", status(err, 400), err)
	_, err = client.Proxy("none")
	check("a proxy that is not there", status(err, 404), err)

	answer, _, err := exchange(proxy.Listen, message, time.Second)
	check("bytes come through", bytes.Equal(answer, message), err)

	toxic := must(proxy.AddToxic("", "latency", "downstream", 1, toxiproxy.Attributes{"latency": 150}))
	check("default name", toxic.Name == "latency_downstream", toxic.Name)
	answer, took, _ := exchange(proxy.Listen, message, 2*time.Second)
	check("latency", bytes.Equal(answer, message) && took >= 149*time.Millisecond, took)
	changed := must(proxy.UpdateToxic("latency_downstream", 0.5, toxiproxy.Attributes{"latency": 1}))
	check("update", changed.Toxicity == 0.5 && changed.Attributes["latency"] == float64(1), changed)
	must(proxy.UpdateToxic("latency_downstream", -1, toxiproxy.Attributes{"jitter": 1}))
	toxics := must(proxy.Toxics())
	check("toxicity stays", len(toxics) == 1 && toxics[0].Toxicity == 0.5, toxics)
	check("remove", proxy.RemoveToxic("latency_downstream") == nil)
	check("remove twice", status(proxy.RemoveToxic("latency_downstream"), 404))
	_, err = proxy.AddToxic("", "nonsense", "", 1, nil)
	check("unknown toxic", status(err, 400), err)
	_, err = proxy.AddToxic("", "latency", "", 1, toxiproxy.Attributes{"latency": "x"})
	check("wrong attribute", status(err, 400) && strings.Contains(err.Error(), "LatencyToxic.attributes.latency"), err)

	must(proxy.AddToxic("cut", "limit_data", "upstream", 1, toxiproxy.Attributes{"bytes": 100}))
	answer, _, err = exchange(proxy.Listen, message, time.Second)
	check("limit_data", len(answer) <= 100 && err != nil, len(answer), err)
	proxy.RemoveToxic("cut")

	must(proxy.AddToxic("rst", "reset_peer", "downstream", 1, toxiproxy.Attributes{"timeout": 0}))
	_, _, err = exchange(proxy.Listen, message, time.Second)
	check("reset_peer", errors.Is(err, syscall.ECONNRESET), err)
	proxy.RemoveToxic("rst")

	must(proxy.AddToxic("gone", "timeout", "downstream", 1, toxiproxy.Attributes{"timeout": 100}))
	answer, took, err = exchange(proxy.Listen, message, 2*time.Second)
	check("timeout", len(answer) == 0 && err == io.EOF && took >= 99*time.Millisecond, took, err)
	proxy.RemoveToxic("gone")

	must(proxy.AddToxic("slow", "bandwidth", "downstream", 1, toxiproxy.Attributes{"rate": 50}))
	answer, took, _ = exchange(proxy.Listen, message, 2*time.Second)
	check("bandwidth", bytes.Equal(answer, message) && took >= 150*time.Millisecond, took)

	check("disable", proxy.Disable() == nil)
	_, _, err = exchange(proxy.Listen, message, time.Second)
	check("nobody listens", errors.Is(err, syscall.ECONNREFUSED), err)
	check("reset", client.ResetState() == nil)
	again := must(client.Proxy("go"))
	check("enabled and clean", again.Enabled && len(again.ActiveToxics) == 0, again)
	answer, _, _ = exchange(again.Listen, message, time.Second)
	check("bytes come through again", bytes.Equal(answer, message))

	populated := must(client.Populate([]toxiproxy.Proxy{
		{Name: "one", Listen: "127.0.0.1:0", Upstream: upstream, Enabled: true},
		{Name: "two", Listen: "127.0.0.1:0", Upstream: upstream},
	}))
	check("populate", len(populated) == 2 && populated[0].Enabled && !populated[1].Enabled, populated)
	proxies := must(client.Proxies())
	check("all proxies", len(proxies) == 3, proxies)
	for _, each := range proxies {
		check("delete "+each.Name, each.Delete() == nil)
	}
	check("none are left", len(must(client.Proxies())) == 0)
	if failed {
		os.Exit(1)
	}
}
