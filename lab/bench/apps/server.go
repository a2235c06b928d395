// The contract's health and listings endpoints on Go's standard library alone. There is no model
// behind them: a formula stands in for it, so that the answers have the contract's shape.
// server --host 127.0.0.1 --port 9000, with LISTINGS_URL and WEB_CONCURRENCY in the environment
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

const version = "none"

type house struct {
	GrLivArea   float64
	OverallQual float64
}

type listingPrice struct {
	Listing    string  `json:"listing"`
	Prediction float64 `json:"prediction"`
	Version    string  `json:"version"`
}

type health struct {
	Name         string `json:"name"`
	APIVersion   string `json:"api_version"`
	ModelVersion string `json:"model_version"`
}

type ready struct {
	Ready        bool   `json:"ready"`
	ModelVersion string `json:"model_version"`
}

func send(answer http.ResponseWriter, status int, kind string, value any) {
	body, _ := json.Marshal(value)
	answer.Header().Set("Content-Type", kind)
	answer.Header().Set("Content-Length", strconv.Itoa(len(body)))
	answer.WriteHeader(status)
	answer.Write(body)
}

func problem(answer http.ResponseWriter, status int) {
	document := map[string]any{
		"type": "about:blank", "title": http.StatusText(status), "status": status,
	}
	send(answer, status, "application/problem+json", document)
}

func price(client *http.Client, upstream string) http.HandlerFunc {
	return func(answer http.ResponseWriter, request *http.Request) {
		listing := request.PathValue("listing")
		got, err := client.Get(upstream + "/listings/" + listing)
		if err != nil {
			problem(answer, 502)
			return
		}
		defer got.Body.Close()
		var found house
		if got.StatusCode == 404 {
			problem(answer, 404)
			return
		}
		if got.StatusCode != 200 || json.NewDecoder(got.Body).Decode(&found) != nil {
			problem(answer, 502)
			return
		}
		prediction := found.GrLivArea*60 + found.OverallQual*15000
		send(answer, 200, "application/json", listingPrice{listing, prediction, version})
	}
}

func main() {
	host := flag.String("host", "127.0.0.1", "address to listen on")
	port := flag.String("port", "9000", "port to listen on")
	flag.Parse()
	// As many threads that compute as the other stacks have processes.
	if workers, err := strconv.Atoi(os.Getenv("WEB_CONCURRENCY")); err == nil {
		runtime.GOMAXPROCS(workers)
	}
	// As many connections as both apps allow themselves.
	transport := &http.Transport{MaxIdleConnsPerHost: 100, MaxConnsPerHost: 100}
	client := &http.Client{Transport: transport}

	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/health", func(answer http.ResponseWriter, _ *http.Request) {
		send(answer, 200, "application/json", health{"Go", "1.0.0", version})
	})
	mux.HandleFunc("GET /api/v1/ready", func(answer http.ResponseWriter, _ *http.Request) {
		send(answer, 200, "application/json", ready{true, version})
	})
	mux.HandleFunc("GET /api/v1/listings/{listing}/price", price(client, os.Getenv("LISTINGS_URL")))
	server := &http.Server{Addr: net.JoinHostPort(*host, *port), Handler: mux}

	stopped := make(chan struct{})
	go func() {
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM)
		<-asked
		limit, cancel := context.WithTimeout(context.Background(), 25*time.Second)
		defer cancel()
		server.Shutdown(limit)
		close(stopped)
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	<-stopped
}
